/** One wrong character in a name that was renamed besides. */
const slipMost = 1.5

/** The name that a mistyped one most likely meant, or undefined where none is near. */
export function suggest(given: string, names: readonly string[]): string | undefined {
  const bare = withoutSuffix(given)
  let best: { readonly name: string; readonly cost: number } | undefined
  for (const name of names) {
    // 龙泉镇 for 龙泉街道 is the commonest slip: a township that was renamed. 乡镇 for 所属乡镇 is a title cut short.
    const renamed = bare === '' ? Infinity : distance(bare, withoutSuffix(name)) + 0.5
    const cost =
      given.length > 1 && name.includes(given) ? 1 : Math.min(renamed, distance(given, name))
    if (cost < (best?.cost ?? Infinity)) best = { name, cost }
  }
  return best !== undefined && best.cost <= Math.max(slipMost, given.length / 3)
    ? best.name
    : undefined
}

function withoutSuffix(name: string): string {
  return name.replace(/(瑶族乡|街道办事处|办事处|街道|镇|乡|社区居委会|村委会|社区|村)$/, '')
}

/** Levenshtein, by characters. */
function distance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let row = to.map((_, index) => index + 1)
  for (const [i, letter] of from.entries()) {
    let left = i + 1
    let corner = i
    row = row.map((above, j) => {
      const cost = Math.min(above + 1, left + 1, corner + (letter === to[j] ? 0 : 1))
      corner = above
      left = cost
      return cost
    })
  }
  return row.at(-1) ?? from.length
}
