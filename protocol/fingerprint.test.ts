import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { history, wire } from './schema.ts'
import { wireVersion } from './wire-version.ts'

/** sha256 of the wire at each version; the newest last, one for each line of `history`. */
const fingerprints = [
  'b15837decfc23acb0d012f544690ae5ef5ae4636757aae8db751427ca203c95c',
  '37fe838bba58ba408611326102172e86e5189be36e8584e55edbb226a83678a8',
  'baa464f2a2eac8ed91e61fffb6563445ec2af0e74f7ef875140ce31497ba848d',
  '794049be52d01a97f51bff86446b0ca311ff2972f08c68882ca0575e6fa868ef',
  '73e3d9f155be0fbbcc5c40279ecda427dd6afb52e5b41a1d19f9a6b8f7362c14',
  'a4519dcf1fb7eec340f3d9676c4db676701463aa7c05c95aecc6762ce89a7619',
  '50b29b1f4c3ac6c04ad4cf302e92fd5a7c385021b151d5d733285064da9f2af5',
  '33656d328e437a0c36a9f367667b9ceb28a495d087c3a295a346bcb556bc62db',
  'f4aeb10537cd217c9e24756f2414caba81150379b75c4de3a80128cfd2988d32',
  'a0954165ab4597cdc83da6f87fcff24936bd5c6a327b89ef5a1172b372646338',
  '07f96ff4cff355d9a33f44c57989ab1786f17ce752c459006869ada83cec69c2',
  '306d740b35dfdac1b21a0ac51f7a1a340720e3f3ca903ee9013e2eeda1cddefc',
  'd8739abe8ab41020d6371a3f77e8538fdc216fa68424ac01d2626ff8bb7cca7c',
  '68fb9ad4bb2f911334bde68c49edecc881e9f323eae393c0b146a2e6fe826b2b',
  'e64184ab0dbb553720afa2018691c3845441a43c4138f89270101f236553cfde',
  'c4a66a3cd1e5ff6d75c118a382eb66545bbf17ee9fd281fdd916b78296f56a63',
  '63773e06c3907572ca1129947c7f20592cbd9258ec37bceddef48e3eb258ca30',
  '2d09c2fe7d546b5eb73995947c8254adc3bc21b5214872f73e99af418e7c6815',
  '4531cdcabfe4c9098bfc2f09d3d8249c4a42f83f471d205c4aa354c094f6f827',
  '0539cb962d4a5cd427495324be1e215a23a2a6ee83c24af30e59d9886000ae68',
  '4d9a767130c7c8d0102538fba8e7a4a78a16291666b05d1b4e9c43fc9c096da8',
  '76258289b49beac05027a176e612d4cac2d9a301a11627e5d682c9a23e75eba5',
  '229bf317c1fe054b3c0abdbe7f12accc67cd61b5331510d5904fc5b255ae4b94',
  '1ed72c71393685085897049d9aa282b2a1f2f7ce1aa85900a3a96e3db773b8c6',
  'c47d6d0e8b0c36f9cadad97bdd7e5eca8e2a33b6f12e51b4e487df578fe8efbe',
  '211a5fe739a253804dcbcb22e73f84e9247109c76ab85a467be9c57189c7637f',
  '266b38863f8d98e046f57983bc21351140f6a737c1132f2f1f8cdae4192acdc4',
  'f15fc3f760ead91b3916a9566f6b86a1710ac1ec6ad1ab9211e4923e85a24dd7',
]

test('the wire changes only together with a line of its history', () => {
  const now = createHash('sha256').update(canonical(wire())).digest('hex')
  expect(now, 'the wire changed: add a line to `history` in schema.ts and this hash here').toBe(
    fingerprints.at(-1),
  )
  expect(history).toHaveLength(fingerprints.length)
  expect(wireVersion).toBe(history.length)
  expect(history.at(-1)).toMatch(new RegExp(`^${history.length}: `))
})

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
