import type { Jurisdiction } from '@bayway/domain';
import { text } from './texts.js';

const PROTECTION_OFFICER = text('個人資料保護主任', '个人信息保护负责人', {
  pt: 'Encarregado da protecção de dados',
  en: 'Data protection officer',
});
const contact = (email: string) => ({ role: PROTECTION_OFFICER, email });

/** Where a resident may complain. */
const PRIVACY_COMMISSIONER = text('香港個人資料私隱專員公署', '香港个人资料私隐专员公署', {
  pt: 'Comissário para a Protecção da Privacidade dos Dados Pessoais de Hong Kong',
  en: 'Office of the Privacy Commissioner for Personal Data, Hong Kong',
});
const DATA_PROTECTION_MACAO = text('澳門個人資料保護局', '澳门个人资料保护局', {
  pt: 'Direcção dos Serviços da Protecção de Dados Pessoais',
  en: 'Personal Data Protection Bureau, Macao',
});
const CENTRAL_BANK_SHENZHEN = text('中國人民銀行深圳市分行', '中国人民银行深圳市分行', {
  pt: 'Banco Popular da China, sucursal de Shenzhen',
  en: 'People’s Bank of China, Shenzhen branch',
});
const CENTRAL_BANK_ZHEJIANG = text('中國人民銀行浙江省分行', '中国人民银行浙江省分行', {
  pt: 'Banco Popular da China, sucursal de Zhejiang',
  en: 'People’s Bank of China, Zhejiang branch',
});
const CYBERSPACE_GUANGDONG = text('廣東省互聯網信息辦公室', '广东省互联网信息办公室', {
  pt: 'Administração do Ciberespaço de Guangdong',
  en: 'Cyberspace Administration of Guangdong',
});

const OF_HONG_KONG = { place: 'HK', authority: PRIVACY_COMMISSIONER } as const;
const OF_MACAO = { place: 'MO', authority: DATA_PROTECTION_MACAO } as const;

/** The organisations of a local run: what they are called, where they are registered, what they are. */
export const PARTIES: Readonly<Record<Jurisdiction, readonly (Readonly<Record<string, unknown>> & { id: string })[]>> =
  {
    hk: [
      {
        id: 'tsing-wan-bank',
        name: text('青灣銀行', '青湾银行', { pt: 'Banco Tsing Wan', en: 'Tsing Wan Bank' }),
        ...OF_HONG_KONG,
        kind: 'bank',
        sector: 'banking',
        contact: contact('privacy@tsingwan.example'),
      },
      // Has no contract on file with anybody: what it asks for abroad cannot be sent.
      {
        id: 'lek-yuen-finance',
        name: text('瀝源財務', '沥源财务', { pt: 'Lek Yuen Finance', en: 'Lek Yuen Finance' }),
        ...OF_HONG_KONG,
        kind: 'company',
        sector: 'other',
        contact: contact('privacy@lekyuen.example'),
      },
    ],
    mo: [
      {
        id: 'lotus-bank',
        name: text('蓮花銀行', '莲花银行', { pt: 'Banco Lótus', en: 'Lotus Bank' }),
        ...OF_MACAO,
        kind: 'bank',
        sector: 'banking',
        contact: contact('privacidade@lotus.example'),
      },
      {
        id: 'praia-revenue',
        name: text('南灣稅務局', '南湾税务局', { pt: 'Repartição Fiscal da Praia Grande', en: 'Praia Revenue Office' }),
        ...OF_MACAO,
        kind: 'state-organ',
        sector: 'other',
        contact: contact('privacidade@praia.example'),
      },
    ],
    cn: [
      {
        id: 'pengwan-credit',
        name: text('鵬灣徵信', '鹏湾征信', { pt: 'Pengwan Credit Information', en: 'Pengwan Credit Information' }),
        place: 'CN-440300',
        authority: CENTRAL_BANK_SHENZHEN,
        kind: 'credit-agency',
        sector: 'credit-referencing',
        ciio: false,
        contact: contact('privacy@pengwan.example'),
      },
      // Hangzhou is no city of the Bay: no standard contract of the Bay reaches it.
      {
        id: 'qianchao-credit',
        name: text('錢潮徵信', '钱潮征信', { pt: 'Qianchao Credit', en: 'Qianchao Credit' }),
        place: 'CN-330100',
        authority: CENTRAL_BANK_ZHEJIANG,
        kind: 'credit-agency',
        sector: 'credit-referencing',
        ciio: false,
        contact: contact('privacy@qianchao.example'),
      },
      {
        id: 'zhuhai-registry',
        name: text('珠海商事登記處', '珠海商事登记处', {
          pt: 'Registo Comercial de Zhuhai',
          en: 'Zhuhai Company Registry',
        }),
        place: 'CN-440400',
        authority: CYBERSPACE_GUANGDONG,
        kind: 'state-organ',
        sector: 'other',
        ciio: false,
        contact: contact('privacy@zhuhai-registry.example'),
      },
      {
        id: 'baiyunwan-university',
        name: text('白雲灣大學', '白云湾大学', { pt: 'Universidade de Baiyunwan', en: 'Baiyunwan University' }),
        place: 'CN-440100',
        authority: CYBERSPACE_GUANGDONG,
        kind: 'school',
        sector: 'other',
        ciio: false,
        contact: contact('privacy@baiyunwan.example'),
      },
      {
        id: 'qianwan-bank',
        name: text('前灣銀行', '前湾银行', { pt: 'Banco Qianwan', en: 'Qianwan Bank' }),
        place: 'CN-440300',
        authority: CENTRAL_BANK_SHENZHEN,
        kind: 'bank',
        sector: 'banking',
        ciio: false,
        contact: contact('privacy@qianwan.example'),
      },
    ],
  };
