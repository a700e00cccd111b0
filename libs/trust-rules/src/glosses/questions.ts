import type { OpenQuestion } from '../decision.js';
import type { Channel } from '../facts.js';
import { glossary } from './gloss.js';

/** Questions the law leaves open. */
export const QUESTIONS = glossary<OpenQuestion>({
  'gba-volume': [
    'does a GBA contract lift the assessment volume',
    '大灣區合同是否免除評估數量門檻',
    '大湾区合同是否免除评估数量门槛',
    'o contrato GBA afasta o limiar de volume',
  ],
  'gba-cross-sar-onward': [
    'may data pass between the two SARs under a GBA contract',
    '可否在港澳之間再轉移',
    '可否在港澳之间再转移',
    'transferência entre as duas RAE',
  ],
  'gba-certification-status': [
    'is GBA certification an export mechanism',
    '大灣區認證是否屬出境機制',
    '大湾区认证是否属出境机制',
    'a certificação GBA é mecanismo de exportação',
  ],
  'ciio-exemption': [
    'may an infrastructure operator use the contract, HR or emergency exemption',
    '關鍵信息基礎設施營運者可否適用豁免',
    '关基运营者可否适用豁免',
    'um operador crítico pode usar as isenções',
  ],
  'sar-authority-request': [
    'is an SAR authority a foreign authority',
    '特區機關是否屬外國機關',
    '特区机关是否属外国机关',
    'uma autoridade de RAE é estrangeira',
  ],
  'authority-pair': [
    'request by this authority to this place is not covered',
    '此機關與地點組合未有規定',
    '此机关与地点组合未有规定',
    'par autoridade-local não previsto',
  ],
  'gov-service-pair': [
    'no public-service scheme on file for this pair',
    '兩地無列名政務安排',
    '两地无列名政务安排',
    'sem regime de serviço público para este par',
  ],
  'mo-emergency-notification': [
    'emergency transfer from Macao before notification',
    '緊急轉移而未先通知',
    '紧急转移而未先通知',
    'transferência urgente sem notificação prévia',
  ],
  'hgr-subject-carry': [
    'may a person carry own genetic data out',
    '本人可否攜帶基因資料出境',
    '本人可否携带基因资料出境',
    'o titular pode levar dados genéticos',
  ],
  'hk-s26-other-place-law': [
    'does a law of another place bar erasure in Hong Kong',
    '他地法律可否阻止刪除',
    '他地法律可否阻止删除',
    'lei de outro local impede o apagamento',
  ],
});

/** Ways data move. */
export const CHANNELS = glossary<Channel>({
  transfer: [
    'exporter provides data to importer',
    '提供方向接收方傳輸',
    '提供方向接收方传输',
    'transferência do exportador para o importador',
  ],
  'onward-transfer': [
    'recipient passes received data on',
    '接收方再轉移',
    '接收方再转移',
    'transferência ulterior pelo destinatário',
  ],
  'subject-carry': [
    'person obtains own data and hands it over',
    '本人自行攜帶',
    '本人自行携带',
    'o próprio titular leva os seus dados',
  ],
  verify: [
    'only a document fingerprint is compared',
    '僅核驗文件指紋',
    '仅核验文件指纹',
    'só se compara a impressão digital do documento',
  ],
  'health-record-qr': [
    'cross-boundary health record by two codes',
    '雙碼跨境健康紀錄',
    '双码跨境健康记录',
    'registo de saúde transfronteiriço por dois códigos',
  ],
  'gov-service': ['cross-boundary public service', '跨境政務服務', '跨境政务服务', 'serviço público transfronteiriço'],
  'authority-request': [
    'court or enforcement body asks for data',
    '法院或執法機關索取資料',
    '司法或执法机构调取',
    'pedido de tribunal ou autoridade policial',
  ],
  'rights-request': ['person exercises a right', '個人行使權利', '个人行使权利', 'exercício de um direito do titular'],
});
