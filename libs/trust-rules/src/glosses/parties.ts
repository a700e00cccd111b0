import type { InstrumentKind, PartyKind, Sector } from '@bayway/domain';
import { glossary } from './gloss.js';

/** Kinds of parties. */
export const PARTIES = glossary<PartyKind>({
  company: [
    'company or other private body',
    '公司或其他私營機構',
    '公司或其他私营机构',
    'empresa ou outra entidade privada',
  ],
  bank: ['bank', '銀行', '银行', 'banco'],
  insurer: ['insurer', '保險公司', '保险公司', 'seguradora'],
  hospital: ['hospital or clinic', '醫院或診所', '医院或诊所', 'hospital ou clínica'],
  laboratory: ['laboratory', '實驗室', '实验室', 'laboratório'],
  school: ['school or university', '學校或大學', '学校或大学', 'escola ou universidade'],
  'credit-agency': ['credit reporting agency', '徵信機構', '征信机构', 'agência de informações de crédito'],
  'selected-cra': [
    'selected credit reference agency (Hong Kong)',
    '香港選定信貸資料服務機構',
    '香港选定信贷资料服务机构',
    'agência de crédito seleccionada de Hong Kong',
  ],
  'macao-credit-platform': [
    'Macao Credit Data Platform',
    '澳門信貸資料平台',
    '澳门信贷资料平台',
    'Plataforma de Dados de Crédito de Macau',
  ],
  'state-organ': ['Mainland state organ', '國家機關', '国家机关', 'órgão do Estado'],
  'public-affairs-body': [
    'body authorised to manage public affairs',
    '授權管理公共事務的組織',
    '授权管理公共事务的组织',
    'entidade autorizada a gerir assuntos públicos',
  ],
  'ehealth-system': ['Hong Kong eHealth system', '醫健通系統', '医健通系统', 'sistema eHealth de Hong Kong'],
});

/** Sectors. */
export const SECTORS = glossary<Sector>({
  banking: ['banking', '銀行業', '银行业', 'banca'],
  'credit-referencing': ['credit referencing', '徵信業', '征信业', 'informações de crédito'],
  healthcare: ['healthcare', '醫療業', '医疗业', 'saúde'],
  other: ['any other sector', '其他行業', '其他行业', 'outro sector'],
});

/** Legal mechanisms. */
export const INSTRUMENTS = glossary<InstrumentKind>({
  none: ['no instrument', '無機制', '无机制', 'nenhum instrumento'],
  'gba-sc-hk': [
    'GBA standard contract, Mainland-Hong Kong',
    '大灣區標準合同（內地、香港）',
    '大湾区标准合同（内地、香港）',
    'contrato-padrão da GBA (Interior-Hong Kong)',
  ],
  'gba-sc-mo': [
    'GBA standard contract, Mainland-Macao',
    '大灣區標準合同（內地、澳門）',
    '大湾区标准合同（内地、澳门）',
    'contrato-padrão da GBA (Interior-Macau)',
  ],
  'national-scc': [
    'national standard contract',
    '個人信息出境標準合同',
    '个人信息出境标准合同',
    'contrato-padrão nacional de exportação',
  ],
  certification: ['certification of export', '個人信息出境認證', '个人信息出境认证', 'certificação de exportação'],
  'gba-certification': [
    'certification to the GBA technical guide',
    '大灣區保護要求認證',
    '大湾区保护要求认证',
    'certificação segundo o guia técnico da GBA',
  ],
  'security-assessment': [
    'CAC security assessment passed',
    '數據出境安全評估',
    '数据出境安全评估',
    'avaliação de segurança da CAC',
  ],
  'hk-rmc': [
    'PCPD recommended model clauses',
    '建議合約條文範本',
    '建议合约条文范本',
    'cláusulas-modelo recomendadas do PCPD',
  ],
});
