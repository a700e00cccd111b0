import type { Words } from './index.js';

/** 简体中文（内地用语）。 */
export const zhHans: Words = {
  cancel: '取消并返回',
  backTo: '返回{client}',
  through: {
    title: '通过另一地登录',
    choice: '通过{place}登录',
    note: '适用于已把当地身份与这里的身份绑定的人。',
  },
  bind: {
    heading: '请用您在{here}的身份登录一次',
    lead: '您从{there}而来。要找到您的记录，需要知道您在{here}是谁。之后两个身份即绑定；证件号码不会送出。',
    nextCity: '到您所在城市的登录页核实身份。',
    nextLink: '两个身份绑定，这次和以后都有效。',
  },
  again: '要查看您的记录，请用更高级别再登录一次。需要第 {level} 级。',
  unreachable: '现在无法连接{place}的登录服务。请重试，或选择另一个。',
  untrusted: '未能核实{place}的回复，其中信息一概没有使用。请重试，或选择另一个。',
  ended: {
    title: '本次登录已结束',
    text: '时间过长，或已在另一窗口完成。请回到原来的页面重新开始。没有送出任何内容。',
  },
  broken: { title: '此页无法继续', text: '请回到原来的页面重新开始。没有送出任何内容。' },
  refused: {
    'link-conflict': '您在{here}登录的身份，与在{there}的身份不是同一人，或已绑定另一身份。没有送出任何内容。',
    'no-proof': '我们看不到您在{there}的登录。请在同一浏览器先到当地登录，再重新开始。',
    'other-person': '现在在{there}登录的是另一个人。请先在当地退出登录，再重新开始。没有送出任何内容。',
    'resident-conflict': '您所在城市的证件信息对应这里多条记录，需要人工处理。没有作任何更改。',
  },
  stopped: {
    level: {
      title: '这里需要更高级别的登录',
      text: '您以{place}的身份登录，级别低于这里所需的第 {level} 级。这与您个人无关。什么也没有发送。',
    },
    'not-fresh': {
      title: '您没有被要求再次登录',
      text: '这里需要您重新登录，但{place}沿用了您较早前的登录。请重试，或选择另一个。什么也没有发送。',
    },
    'another-account': {
      title: '登录的是另一个人',
      text: '这里请您再登录一次，但从{place}返回的是另一个人。如要以自己身份继续，请用自己的账户重试。如要换人，请先取消并退出登录。什么也没有发送。',
    },
    how: '如何达到',
    raise: {
      'iam-smart': '请到登记柜台或自助登记站升级至“智方便+”，然后重试。',
      guangdong: '请在广东省统一身份认证平台核验证件和人脸，然后重试。',
      zhejiang: '请在浙江省统一身份认证核验身份证和人脸，然后重试。',
      'macao-one': '请在“一户通”启用双重认证，然后重试。',
    },
    other: '重新选择登录方式',
  },
  signOut: { title: '退出 Bayway？', text: '您在所在城市仍保持登录。', stay: '保持登录' },
  signedOut: { title: '您已退出登录', text: '可以关闭此页。' },
  kept: { title: '您已作的回答', note: '已为您保留。如需更改，请在下面重新选择。' },
};
