/** The sheet of a county's organisations: its columns, and what each cell must hold. */
import type { OrganizationGroup, OrganizationKind } from '../../protocol/events.ts'

export interface Column {
  readonly key: keyof Cells
  /** The title in the first row of the sheet. */
  readonly title: string
  readonly isRequired: boolean
  readonly example: string
  readonly note: string
}

/** The text of each cell of a row. */
export interface Cells {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly group: string
  readonly parent: string
  readonly township: string
  readonly village: string
  readonly lng: string
  readonly lat: string
  readonly foundedOn: string
  readonly termEndsOn: string
  readonly members: string
  readonly electedOn: string
  readonly termPostponedTo: string
}

export const kindWords: Readonly<Record<string, OrganizationKind>> = {
  党委: 'committee',
  党总支: 'general-branch',
  党支部: 'branch',
}
export const groupWords: Readonly<Record<string, OrganizationGroup>> = {
  乡镇: 'territory',
  县直机关: 'organ',
  两新组织: 'enterprise',
  流动: 'floating',
}

export const columns: readonly Column[] = [
  {
    key: 'id',
    title: '组织编码',
    isRequired: true,
    example: '43112810121701',
    note: '本表内唯一;字母、数字和 . _ : -,不超过 64 位',
  },
  {
    key: 'name',
    title: '组织名称',
    isRequired: true,
    example: '篮田村党支部',
    note: '不超过 60 字',
  },
  {
    key: 'kind',
    title: '组织类别',
    isRequired: true,
    example: '党支部',
    note: Object.keys(kindWords).join('、'),
  },
  {
    key: 'group',
    title: '组织分类',
    isRequired: true,
    example: '乡镇',
    note: Object.keys(groupWords).join('、'),
  },
  {
    key: 'parent',
    title: '上级组织编码',
    isRequired: false,
    example: '431128101',
    note: '本表或系统中已有的编码',
  },
  {
    key: 'township',
    title: '所属乡镇',
    isRequired: false,
    example: '金陵镇',
    note: '乡镇类必填;填名称或 9 位代码',
  },
  {
    key: 'village',
    title: '所在村(社区)',
    isRequired: false,
    example: '篮田村委会',
    note: '填名称或 12 位代码',
  },
  {
    key: 'lng',
    title: '经度',
    isRequired: false,
    example: '112.2712',
    note: 'WGS84,73–136;与纬度同填',
  },
  { key: 'lat', title: '纬度', isRequired: false, example: '25.9471', note: 'WGS84,3–54' },
  {
    key: 'foundedOn',
    title: '成立日期',
    isRequired: true,
    example: '2001-07-01',
    note: '日期 YYYY-MM-DD',
  },
  {
    key: 'termEndsOn',
    title: '换届日期',
    isRequired: false,
    example: '2029-03-01',
    note: '本届任期最后一天,YYYY-MM-DD',
  },
  { key: 'members', title: '党员人数', isRequired: true, example: '46', note: '0 以上的整数' },
  {
    key: 'electedOn',
    title: '选举日期',
    isRequired: false,
    example: '2024-03-01',
    note: '上次换届选举,YYYY-MM-DD;换届日期不填时由此推算',
  },
  {
    key: 'termPostponedTo',
    title: '延期至',
    isRequired: false,
    example: '',
    note: '上级批准的延期,YYYY-MM-DD,最多一年',
  },
]

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetter(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26)
}
