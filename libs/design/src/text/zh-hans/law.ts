/** Names of laws, offices and identity schemes, in Simplified Chinese as written in the Mainland. */
export const law = {
  law: {
    pipl: '《中华人民共和国个人信息保护法》',
    pdpo: '《个人资料（私隐）条例》（第486章）',
    mo8: '第8/2005号法律《个人资料保护法》',
    gbaScHk: '《粤港澳大湾区（内地、香港）个人信息跨境流动标准合同》',
    gbaScMo: '《粤港澳大湾区（内地、澳门）个人信息跨境流动标准合同》',
    credit: '《征信业管理条例》',
  },
  authority: {
    pcpd: '个人资料私隐专员公署',
    dpo: '数字政策办公室',
    dspdp: '个人资料保护局',
    cac: '国家互联网信息办公室',
    cacGd: '广东省互联网信息办公室',
    pboc: '中国人民银行',
    hkma: '香港金融管理局',
    amcm: '澳门金融管理局',
  },
  identity: {
    iamsmart: '智方便',
    mo: '一户通',
    gd: '广东省统一身份认证平台',
    gdShort: '广东省统一身份认证',
    zhejiang: '浙江政务服务网',
  },
};
