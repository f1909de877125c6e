/**
 * 福建 党员e家 (Fujian, 350000). Posts forms: `xitong`, `pici` and `shuju`, which holds JSON: a list of
 * `{liushui, leixing, banben, chexiao?, zuzhi, xianqu, shijian, neirong}`. Names are whole pinyin words, organisations too
 * (`fz-gulou-00012`), times local without an offset. `banben` rises with a correction; `chexiao` names a `liushui` taken back.
 *
 * Who moves, and why a membership moves, is dropped here: only that it moves, and with which province.
 */
import type { Event, Feed } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  count,
  date,
  decimal,
  has,
  id,
  integer,
  json,
  localTime,
  matched,
  own,
  part,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const source = 'fujian'
const province = '350000'

const kinds = { dangwei: 'committee', zongzhi: 'general-branch', zhibu: 'branch' } as const
const groups = {
  xiangzhen: 'territory',
  jiguan: 'organ',
  liangxin: 'enterprise',
  liudong: 'floating',
} as const
const directions = { zhuanru: 'in', zhuanchu: 'out', shengnei: 'within' } as const
const stages = { shenqing: 'applied', banjie: 'done' } as const
const contents = { zixun: 'news', xuexi: 'study', tongzhi: 'notice' } as const
const feeds: Readonly<Record<string, Feed>> = { zuzhi: 'organizations', xuexi: 'study' }

const dropped = ['xingming', 'shenfenzheng', 'dianhua', 'yuanyin', 'danwei']
const reader = readerWith(dropped)

const readers: Readers = {
  zuzhi: reader(
    'organization.recorded',
    ['mingcheng', 'leibie', 'fenlei', 'jingdu', 'weidu', 'chengli'],
    (n) => ({
      name: text(n, 'mingcheng', 60),
      kind: code(n, 'leibie', kinds),
      group: code(n, 'fenlei', groups),
      ...(has(n, 'jingdu') && { lng: decimal(n, 'jingdu', 73, 136) }),
      ...(has(n, 'weidu') && { lat: decimal(n, 'weidu', 3, 54) }),
      foundedOn: date(n, 'chengli'),
    }),
  ),
  shangxian: reader('branch.online', [], () => ({})),
  renshu: reader('members.counted', ['zongshu', 'ruzhu'], (n) => ({
    members: count(n, 'zongshu'),
    movedIn: count(n, 'ruzhu'),
  })),
  xuexi: reader('study.logged', ['renshu', 'fenzhong'], (n) => ({
    learners: count(n, 'renshu'),
    minutes: count(n, 'fenzhong'),
  })),
  zhuanjie: reader('relation.transferred', ['bianhao', 'jieduan', 'fangxiang', 'sheng'], (n) => ({
    transfer: id(n, 'bianhao'),
    stage: code(n, 'jieduan', stages),
    direction: code(n, 'fangxiang', directions),
    ...(has(n, 'sheng') && { province: text(n, 'sheng', 10) }),
  })),
  tuisong: reader('content.pushed', ['bianhao', 'zhonglei'], (n) => ({
    content: id(n, 'bianhao'),
    kind: code(n, 'zhonglei', contents),
    to: 'members',
  })),
  wancheng: reader('source.reported', ['shujulei', 'zhouqi'], (n) => ({
    feed: code(n, 'shujulei', feeds),
    cadenceSeconds: integer(n, 'zhouqi', 1, 86_400),
  })),
}

const bodyFields = new Set(['xitong', 'pici', 'shuju'])
const messageFields = new Set([
  'liushui',
  'leixing',
  'banben',
  'chexiao',
  'zuzhi',
  'xianqu',
  'shijian',
  'neirong',
])

function read(message: Fields): Event {
  refuseStrangers(message, messageFields)
  const type = own(message, 'leixing')
  const found = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!found) return refuse('leixing', type, `类型 ${Object.keys(readers).join('/')} 之一`)
  const organization = id(message, 'zuzhi')
  if (found.kind === 'source.reported' && organization !== source)
    refuse('zuzhi', organization, `"${source}"(wancheng 由平台自身报送)`)
  const envelope = {
    source,
    id: id(message, 'liushui'),
    rev: integer(message, 'banben', 1, 9_999),
    ...(has(message, 'chexiao') && { retracts: id(message, 'chexiao') }),
    subject: organization,
    county: matched(message, 'xianqu', /^35\d{4}$/, '本省 6 位县区代码'),
    time: localTime(message, 'shijian'),
  }
  return part(message, 'neirong', found.fields, (content) => eventOf(envelope, found, content))
}

export const fujian: Adapter = {
  platform: source,
  divisions: [province],
  accepts: ['application/x-www-form-urlencoded'],
  shows: showing(readers, dropped, messageFields, ['xitong', 'pici']),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'xitong', /^dangyuanejia$/, '系统名 "dangyuanejia"')
      id(fields, 'pici')
      const value = json(fields, 'shuju')
      return readList({ shuju: value }, 'shuju', (message) => [read(message)])
    }),
}
