/** Writes canonical events in the native dialect of 开化 智慧党建综合治理: the mirror of relay/platforms/kaihua.ts. */
import type { Event, EventKind } from '../../protocol/events.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, type MockPlatform } from '../platform.ts'
import { tellKaihua } from './kaihua-story.ts'

const caseStages = {
  collected: 10,
  verified: 20,
  dispatched: 30,
  handled: 40,
  rated: 50,
  dismissed: 90,
} as const
const orderStages = {
  requested: '网格点单',
  dispatched: '平台派单',
  accepted: '团长接单',
  verified: '群众验单',
} as const
const kinds = { committee: '党委', 'general-branch': '党总支', branch: '党支部' } as const
const groups = { territory: '属地', organ: '机关', enterprise: '两新', floating: '流动' } as const
const forms: Readonly<Record<string, string>> = {
  'general-meeting': '支部大会',
  'branch-committee': '支委会',
  'theme-day': '主题党日',
  volunteering: '志愿服务',
  discussion: '议事会',
}
const teams = { volunteer: '志愿', expert: '专家' } as const
const modes = { 'sign-in': '签到', video: '视频', text: '图文' } as const
const feeds: Readonly<Record<string, string>> = {
  organizations: '组织',
  activities: '活动',
  cases: '事件',
}

const local = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)}`

const writers: Writers<
  Extract<
    EventKind,
    | `branch.${string}`
    | 'organization.recorded'
    | 'members.counted'
    | 'activity.submitted'
    | 'case.advanced'
    | 'order.advanced'
    | 'intake.reported'
    | 'complaints.counted'
    | 'grid.recorded'
    | 'team.recorded'
    | 'meeting.joined'
    | 'source.reported'
  >
> = {
  'organization.recorded': [
    '党组织',
    ({ data }) => ({
      名称: data.name,
      类型: kinds[data.kind],
      归口: groups[data.group],
      上级: data.parent ?? '',
      乡镇代码: data.township ?? '',
      经度: data.lng ?? null,
      纬度: data.lat ?? null,
      成立日期: data.foundedOn,
      换届日期: data.termEndsOn ?? '',
      选举日期: data.electedOn ?? '',
      延期至: data.termPostponedTo ?? '',
    }),
  ],
  'members.counted': [
    '党员数',
    ({ data }) => ({ 人数: data.members, 身份证号: '000000190001010000' }),
  ],
  'branch.online': ['上线', () => ({})],
  'branch.offline': ['离线', () => ({})],
  'activity.submitted': [
    '组织生活',
    ({ data }) => ({
      活动编号: data.activity,
      形式: forms[data.form],
      主题: data.title,
      开展时间: local(data.heldAt),
      实到: data.present,
      应到: data.expected,
      照片数: data.photos,
    }),
  ],
  'case.advanced': [
    '事件',
    ({ data }) => ({
      事件编号: data.case,
      状态码: caseStages[data.stage],
      ...(data.category !== undefined && { 分类: data.category }),
      ...(data.intake !== undefined && { 来源平台: data.intake }),
      ...(data.grid !== undefined && { 网格编号: data.grid }),
      ...(data.dueAt !== undefined && { 办结时限: local(data.dueAt) }),
      ...(data.score !== undefined && { 评分: data.score }),
      ...(data.likes !== undefined && { 点赞数: data.likes }),
      ...(data.stage === 'collected' && {
        报料人: '居民甲',
        电话: '00000000000',
        地址: '某小区某幢',
        诉求内容: '诉求正文',
      }),
      ...(data.stage === 'handled' && { 处理说明: '答复正文' }),
    }),
  ],
  'order.advanced': [
    '订单',
    ({ data }) => ({
      订单编号: data.order,
      环节: orderStages[data.stage],
      ...(data.isResolved !== undefined && { 是否解决: data.isResolved }),
    }),
  ],
  'intake.reported': [
    '接入平台',
    ({ data }) => ({
      平台编号: data.intake,
      平台名称: data.name,
      报送周期: data.cadenceSeconds,
    }),
  ],
  'complaints.counted': ['作风投诉', ({ data }) => ({ 月份: data.month, 件数: data.complaints })],
  'grid.recorded': [
    '网格',
    ({ data }) => ({
      网格编号: data.grid,
      网格名称: data.name,
      乡镇代码: data.township ?? '',
    }),
  ],
  'team.recorded': [
    '团队',
    ({ data }) => ({
      团队编号: data.team,
      团队名称: data.name,
      团队类型: teams[data.kind],
      是否出队: data.isOut,
    }),
  ],
  'meeting.joined': [
    '网上议事厅',
    ({ data }) => ({
      会议编号: data.meeting,
      方式: modes[data.mode],
      人数: data.members,
      是否主题党日: data.isThemeDay,
    }),
  ],
  'source.reported': [
    '报送完成',
    ({ data }) => ({ 数据类: feeds[data.feed], 报送周期: data.cadenceSeconds }),
  ],
}

function message(event: Event) {
  const [word, content] = worded(writers, event)
  return {
    流水号: event.id,
    版本: event.rev,
    操作: event.retracts === undefined ? (event.rev > 1 ? '更正' : '新增') : '撤回',
    ...(event.retracts !== undefined && { 原流水号: event.retracts }),
    类别: word,
    单位: event.kind === 'source.reported' ? 'KHZH' : event.subject,
    时间: local(event.time),
    内容: content,
  }
}

export const kaihua: MockPlatform = {
  platform: 'kaihua',
  divisions: ['330824'],
  feeds: { organizations: 300, activities: 60, cases: 15 },
  kinds: kindsOf(writers),
  personal: ['报料人', '电话', '身份证号', '地址', '诉求内容', '处理说明'],
  tell: tellKaihua,
  *deliveries(events) {
    for (const page of pagesOf(events, 1_000)) {
      const body = JSON.stringify({ 平台: 'KHZH', 区划: '330824', 数据: page.map(message) })
      yield { contentType: 'application/json', body, events: page.length }
    }
  },
}
