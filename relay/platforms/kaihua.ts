/**
 * 开化 智慧党建综合治理 (Kaihua county, 330824). Pushes `{平台, 区划, 数据: [{流水号, 版本, 操作, 原流水号?, 类别, 单位,
 * 时间, 内容}]}` under Chinese field names, with local times without an offset. A case moves by its 状态码 (10 归集 … 50 评价,
 * 90 无效). 操作: 新增, 更正 (a higher 版本), 撤回 of 原流水号.
 *
 * Who reported, where and in which words is dropped here, and what was answered.
 */
import type {
  ActivityForm,
  Event,
  Feed,
  OrganizationGroup,
  OrganizationKind,
} from '../../protocol/events.ts'
import type { CaseStage, OrderStage, TeamKind } from '../../protocol/events-services.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  count,
  date,
  decimal,
  flag,
  has,
  id,
  integer,
  localTime,
  matched,
  month,
  own,
  part,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const county = '330824'
const source = 'kaihua'
const systemCode = 'KHZH'

const caseStages: Readonly<Record<string, CaseStage>> = {
  10: 'collected',
  20: 'verified',
  30: 'dispatched',
  40: 'handled',
  50: 'rated',
  90: 'dismissed',
}
const orderStages: Readonly<Record<string, OrderStage>> = {
  网格点单: 'requested',
  平台派单: 'dispatched',
  团长接单: 'accepted',
  群众验单: 'verified',
}
const kinds: Readonly<Record<string, OrganizationKind>> = {
  党委: 'committee',
  党总支: 'general-branch',
  党支部: 'branch',
}
const groups: Readonly<Record<string, OrganizationGroup>> = {
  属地: 'territory',
  机关: 'organ',
  两新: 'enterprise',
  流动: 'floating',
}
const forms: Readonly<Record<string, ActivityForm>> = {
  支部大会: 'general-meeting',
  支委会: 'branch-committee',
  主题党日: 'theme-day',
  志愿服务: 'volunteering',
  议事会: 'discussion',
}
const teams: Readonly<Record<string, TeamKind>> = { 志愿: 'volunteer', 专家: 'expert' }
const modes = { 签到: 'sign-in', 视频: 'video', 图文: 'text' } as const
const feeds: Readonly<Record<string, Feed>> = {
  组织: 'organizations',
  活动: 'activities',
  事件: 'cases',
}

const dropped = ['报料人', '电话', '身份证号', '地址', '诉求内容', '处理说明']
const reader = readerWith(dropped)

const readers: Readers = {
  党组织: reader(
    'organization.recorded',
    [
      '名称',
      '类型',
      '归口',
      '上级',
      '乡镇代码',
      '经度',
      '纬度',
      '成立日期',
      '换届日期',
      '选举日期',
      '延期至',
    ],
    (p) => ({
      name: text(p, '名称', 60),
      kind: code(p, '类型', kinds),
      group: code(p, '归口', groups),
      ...(has(p, '上级') && { parent: id(p, '上级') }),
      ...(has(p, '乡镇代码') && {
        township: matched(p, '乡镇代码', /^330824\d{3}$/, '本县 9 位乡镇区划代码'),
      }),
      ...(has(p, '经度') && { lng: decimal(p, '经度', 73, 136) }),
      ...(has(p, '纬度') && { lat: decimal(p, '纬度', 3, 54) }),
      foundedOn: date(p, '成立日期'),
      ...(has(p, '换届日期') && { termEndsOn: date(p, '换届日期') }),
      ...(has(p, '选举日期') && { electedOn: date(p, '选举日期') }),
      ...(has(p, '延期至') && { termPostponedTo: date(p, '延期至') }),
    }),
  ),
  党员数: reader('members.counted', ['人数'], (p) => ({ members: count(p, '人数') })),
  上线: reader('branch.online', [], () => ({})),
  离线: reader('branch.offline', [], () => ({})),
  组织生活: reader(
    'activity.submitted',
    ['活动编号', '形式', '主题', '开展时间', '实到', '应到', '照片数'],
    (p) => ({
      activity: id(p, '活动编号'),
      form: code(p, '形式', forms),
      title: text(p, '主题', 80),
      heldAt: localTime(p, '开展时间'),
      present: count(p, '实到'),
      expected: count(p, '应到'),
      photos: integer(p, '照片数', 0, 99),
    }),
  ),
  事件: reader(
    'case.advanced',
    ['事件编号', '状态码', '分类', '来源平台', '网格编号', '办结时限', '评分', '点赞数'],
    (p) => ({
      case: id(p, '事件编号'),
      stage: code(p, '状态码', caseStages),
      ...(has(p, '分类') && { category: text(p, '分类', 20) }),
      ...(has(p, '来源平台') && { intake: id(p, '来源平台') }),
      ...(has(p, '网格编号') && { grid: id(p, '网格编号') }),
      ...(has(p, '办结时限') && { dueAt: localTime(p, '办结时限') }),
      ...(has(p, '评分') && { score: integer(p, '评分', 1, 5) }),
      ...(has(p, '点赞数') && { likes: count(p, '点赞数') }),
    }),
  ),
  订单: reader('order.advanced', ['订单编号', '环节', '是否解决'], (p) => ({
    order: id(p, '订单编号'),
    stage: code(p, '环节', orderStages),
    ...(has(p, '是否解决') && { isResolved: flag(p, '是否解决') }),
  })),
  接入平台: reader('intake.reported', ['平台编号', '平台名称', '报送周期'], (p) => ({
    intake: id(p, '平台编号'),
    name: text(p, '平台名称', 30),
    cadenceSeconds: integer(p, '报送周期', 1, 86_400),
  })),
  作风投诉: reader('complaints.counted', ['月份', '件数'], (p) => ({
    month: month(p, '月份'),
    complaints: count(p, '件数'),
  })),
  网格: reader('grid.recorded', ['网格编号', '网格名称', '乡镇代码'], (p) => ({
    grid: id(p, '网格编号'),
    name: text(p, '网格名称', 40),
    ...(has(p, '乡镇代码') && {
      township: matched(p, '乡镇代码', /^330824\d{3}$/, '本县 9 位乡镇区划代码'),
    }),
  })),
  团队: reader('team.recorded', ['团队编号', '团队名称', '团队类型', '是否出队'], (p) => ({
    team: id(p, '团队编号'),
    name: text(p, '团队名称', 40),
    kind: code(p, '团队类型', teams),
    isOut: flag(p, '是否出队'),
  })),
  网上议事厅: reader('meeting.joined', ['会议编号', '方式', '人数', '是否主题党日'], (p) => ({
    meeting: id(p, '会议编号'),
    mode: code(p, '方式', modes),
    members: count(p, '人数'),
    isThemeDay: flag(p, '是否主题党日'),
  })),
  报送完成: reader('source.reported', ['数据类', '报送周期'], (p) => ({
    feed: code(p, '数据类', feeds),
    cadenceSeconds: integer(p, '报送周期', 1, 86_400),
  })),
}

const messageFields = new Set([
  '流水号',
  '版本',
  '操作',
  '原流水号',
  '类别',
  '单位',
  '时间',
  '内容',
])

function read(message: Fields): Event {
  refuseStrangers(message, messageFields)
  const type = own(message, '类别')
  const found = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!found) return refuse('类别', type, `${Object.keys(readers).join('、')} 之一`)
  const operation = own(message, '操作')
  if (operation !== '新增' && operation !== '更正' && operation !== '撤回')
    return refuse('操作', operation, '新增、更正、撤回 之一')
  const rev = integer(message, '版本', 1, 9_999)
  if (operation === '更正' && rev < 2) return refuse('版本', rev, '不小于 2 的版本号(更正须递增)')
  const isReport = found.kind === 'source.reported'
  const unit = id(message, '单位')
  if (isReport && unit !== systemCode)
    return refuse('单位', unit, `系统代码 ${systemCode}(报送完成)`)
  const envelope = {
    source,
    id: id(message, '流水号'),
    rev,
    ...(operation === '撤回' && { retracts: id(message, '原流水号') }),
    subject: isReport ? source : unit,
    county,
    time: localTime(message, '时间'),
  }
  return part(message, '内容', found.fields, (content) => eventOf(envelope, found, content))
}

const bodyFields = new Set(['平台', '区划', '数据'])

export const kaihua: Adapter = {
  platform: source,
  divisions: [county],
  shows: showing(readers, dropped, messageFields, bodyFields),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, '平台', /^KHZH$/, `系统代码 "${systemCode}"`)
      matched(fields, '区划', /^330824$/, `本县代码 "${county}"`)
      return readList(fields, '数据', (message) => [read(message)])
    }),
}
