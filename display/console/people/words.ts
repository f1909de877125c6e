import type { Account, Right, Role } from '../../../protocol/people.ts'

type Words<K extends string> = Readonly<Record<K, string>>

export const roleNames: Words<Role> = {
  county: '县委组织部',
  township: '乡镇党委',
  branch: '党支部',
  operator: '运维',
  auditor: '审计',
}

export const stateNames: Words<Account['state']> = {
  invited: '待设密码',
  active: '在用',
  suspended: '已停用',
}

export const rightNames: Words<Right> = {
  platforms: '看平台与拒收',
  keys: '管密钥',
  roster: '管名册',
  rules: '看规则',
  cameras: '看信号源',
  clearances: '签字公开信号源',
  pins: '定看上墙',
  screens: '看屏幕',
  fleet: '管屏幕',
  notices: '发紧急通知',
  handling: '督办预警',
  people: '看账号',
  accounts: '管账号',
  audit: '看审计',
}
