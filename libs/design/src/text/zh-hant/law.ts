/** Names of laws, offices and identity schemes, in Traditional Chinese as written in Hong Kong. */
export const law = {
  law: {
    pipl: '《中華人民共和國個人信息保護法》',
    pdpo: '《個人資料（私隱）條例》（第486章）',
    mo8: '第8/2005號法律《個人資料保護法》',
    gbaScHk: '《粵港澳大灣區（內地、香港）個人信息跨境流動標準合同》',
    gbaScMo: '《粵港澳大灣區（內地、澳門）個人信息跨境流動標準合同》',
    credit: '《徵信業管理條例》',
  },
  authority: {
    pcpd: '個人資料私隱專員公署',
    dpo: '數字政策辦公室',
    dspdp: '個人資料保護局',
    cac: '國家互聯網信息辦公室',
    cacGd: '廣東省互聯網信息辦公室',
    pboc: '中國人民銀行',
    hkma: '香港金融管理局',
    amcm: '澳門金融管理局',
  },
  identity: {
    iamsmart: '智方便',
    mo: '一戶通',
    gd: '廣東省統一身份認證平台',
    gdShort: '廣東省統一身份認證',
    zhejiang: '浙江政務服務網',
  },
};
