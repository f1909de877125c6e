/** Narrows a list as somebody types. */
interface Props {
  /** What it looks in. */
  readonly hint: string
  readonly words: string
  readonly onFind: (words: string) => void
}

export function Find({ hint, words, onFind }: Props) {
  return (
    <label className="field">
      查找
      <input
        type="search"
        size={28}
        placeholder={hint}
        value={words}
        onChange={({ target }) => onFind(target.value)}
      />
    </label>
  )
}
