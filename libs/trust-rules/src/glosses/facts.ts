import type { FactPath } from '../facts.js';
import { glossary, type Row } from './gloss.js';

/** Facts that a decision may have to ask for, as questions. */
const QUESTIONS = {
  'basis.kind': ['On what legal basis?', '以甚麼法律依據？', '以什么法律依据？', 'Com que fundamento legal?'],
  'basis.labourRules': [
    'Are there lawful labour rules or a collective contract?',
    '有沒有合法的勞動規章或集體合同？',
    '有没有依法制定的劳动规章或者集体合同？',
    'Há regras laborais legais ou contrato colectivo?',
  ],
  'basis.necessary': [
    'Are the data truly necessary for that basis?',
    '資料就該依據而言是否確屬必需？',
    '信息对该依据是否确属必需？',
    'Os dados são mesmo necessários para esse fundamento?',
  ],
  'carry.delivery': [
    'How do the data reach the recipient?',
    '資料如何送到接收方？',
    '信息如何到达接收方？',
    'Como chegam os dados ao destinatário?',
  ],
  'consent.directMarketingWritten': [
    'Is there written consent to direct marketing?',
    '有沒有就直接促銷取得書面同意？',
    '有没有就直接促销取得书面同意？',
    'Há consentimento escrito para a promoção directa?',
  ],
  'consent.explicit': [
    'Is the consent explicit?',
    '同意是否明示作出？',
    '同意是否明示作出？',
    'O consentimento é expresso?',
  ],
  'consent.given': ['Has the person consented?', '本人是否同意？', '本人是否同意？', 'A pessoa consentiu?'],
  'consent.guardianGiven': [
    'Has a parent or guardian consented?',
    '父母或監護人是否同意？',
    '父母或者其他监护人是否同意？',
    'O pai, a mãe ou o tutor consentiu?',
  ],
  'consent.prescribed': [
    'Is there prescribed consent?',
    '有沒有訂明同意？',
    '有没有订明同意？',
    'Há consentimento prescrito?',
  ],
  'consent.separate': [
    'Was consent given separately for this?',
    '有沒有就此單獨同意？',
    '有没有就此单独同意？',
    'Consentiu-se nisto em separado?',
  ],
  'consent.written': [
    'Is the consent in writing?',
    '同意是否以書面作出？',
    '同意是否以书面作出？',
    'O consentimento é escrito?',
  ],
  'counters.general': [
    'How many people’s ordinary data has the exporter sent outside this year?',
    '提供方今年已送出多少人的一般資料？',
    '提供方今年已向境外提供多少人的一般信息？',
    'Dados comuns de quantas pessoas enviou o exportador este ano?',
  ],
  'counters.geneticCases': [
    'How many genome or exome cases are concerned?',
    '涉及多少例基因組或外顯子組？',
    '涉及多少例基因组或者外显子组？',
    'Quantos casos de genoma ou exoma estão em causa?',
  ],
  'counters.sensitive': [
    'How many people’s sensitive data has the exporter sent outside this year?',
    '提供方今年已送出多少人的敏感資料？',
    '提供方今年已向境外提供多少人的敏感信息？',
    'Dados sensíveis de quantas pessoas enviou o exportador este ano?',
  ],
  'data.collectedFor': [
    'For what purpose were the data collected?',
    '資料當初為甚麼目的收集？',
    '信息当初为什么目的收集？',
    'Para que finalidade foram recolhidos os dados?',
  ],
  'data.items': ['Which items are asked for?', '要求哪些項目？', '请求哪些项目？', 'Que itens se pedem?'],
  'data.mainlandDataAdded': [
    'Were Mainland data added?',
    '有沒有加入內地資料？',
    '有没有加入境内信息？',
    'Juntaram-se dados do Interior da China?',
  ],
  'exporter.ciio': [
    'Does the exporter operate critical infrastructure?',
    '提供方是否關鍵信息基礎設施營運者？',
    '提供方是否关键信息基础设施运营者？',
    'O exportador opera infra-estruturas críticas?',
  ],
  'exporter.negativeListInForce': [
    'Is a negative list of the zone in force?',
    '該自貿區的負面清單是否已實施？',
    '该自贸区的负面清单是否已实施？',
    'Está em vigor uma lista negativa da zona?',
  ],
  'exporter.onNegativeList': [
    'Are the data on the negative list?',
    '資料是否在負面清單上？',
    '信息是否在负面清单上？',
    'Os dados constam da lista negativa?',
  ],
  'exporter.sector': [
    'In which sector is the exporter?',
    '提供方屬哪個行業？',
    '提供方属于哪个行业？',
    'De que sector é o exportador?',
  ],
  'importer.sector': [
    'In which sector is the recipient?',
    '接收方屬哪個行業？',
    '接收方属于哪个行业？',
    'De que sector é o destinatário?',
  ],
  'notice.crossBorderItems': [
    'Did the notice name recipient, contact, purpose, method, data and rights?',
    '通知有沒有列明接收方、聯絡方法、目的、方式、資料和權利？',
    '告知是否列明接收方、联系方式、目的、方式、信息种类和权利？',
    'O aviso indicou destinatário, contacto, finalidade, método, dados e direitos?',
  ],
  'notice.directMarketingWritten': [
    'Was there written notice of direct marketing?',
    '有沒有就直接促銷發出書面通知？',
    '有没有就直接促销作出书面通知？',
    'Houve aviso escrito da promoção directa?',
  ],
  'notice.given': ['Has the person been told?', '是否已告知本人？', '是否已告知本人？', 'A pessoa foi informada?'],
  'notice.transfereeClass': [
    'Was this kind of recipient named when the data were collected?',
    '收集時有沒有告知這類獲轉移資料者？',
    '收集时有没有告知这类受让人？',
    'Esta classe de destinatário foi indicada na recolha?',
  ],
  'onward.necessityRecorded': [
    'Is the business need on record?',
    '業務需要有沒有紀錄？',
    '业务需要有没有记录？',
    'A necessidade de negócio está registada?',
  ],
  'onward.subjectConsent': [
    'Has the person consented to the next recipient?',
    '本人是否同意交給再接收方？',
    '本人是否同意提供给再接收方？',
    'A pessoa consentiu no novo destinatário?',
  ],
  'onward.subjectInformed': [
    'Has the person been told of the next recipient?',
    '是否已告知本人有再接收方？',
    '是否已告知本人有再接收方？',
    'A pessoa foi informada do novo destinatário?',
  ],
  'onward.writtenAgreement': [
    'Is there a written agreement with the next recipient?',
    '與再接收方有沒有書面協議？',
    '与再接收方有没有书面协议？',
    'Há acordo escrito com o novo destinatário?',
  ],
  'purpose.directlyRelated': [
    'Is the purpose directly related to the first one?',
    '用途是否與原來目的直接有關？',
    '用途是否与原来目的直接有关？',
    'A finalidade está directamente ligada à primeira?',
  ],
  'request.identityVerified': [
    'Is the identity proven?',
    '身份是否已證明？',
    '身份是否已证明？',
    'A identidade está provada?',
  ],
  'request.receivedOn': [
    'When was the request received?',
    '何時收到要求？',
    '何时收到请求？',
    'Quando se recebeu o pedido?',
  ],
  'request.relationshipEndedOn': [
    'When did the customer relationship end?',
    '客戶關係何時結束？',
    '业务关系何时结束？',
    'Quando terminou a relação com o cliente?',
  ],
  'request.retentionLaw': [
    'Does a law require the data to be kept?',
    '有沒有法律要求保存資料？',
    '有没有法律要求保存信息？',
    'Alguma lei obriga a conservar os dados?',
  ],
  'requester.agentAuthorised': [
    'Has the representative shown authority?',
    '代表有沒有出示授權？',
    '代表有没有出示授权？',
    'O representante mostrou poderes?',
  ],
  'requester.identityLevel': [
    'At which identity level did the person sign in?',
    '以哪一級身份核實登入？',
    '以哪一级身份核实登录？',
    'Com que nível de identidade entrou a pessoa?',
  ],
  'requester.kind': ['Who asks?', '由誰提出？', '由谁提出？', 'Quem pede?'],
  'scheme.appliedDaysBefore': [
    'How many days before use was the application made?',
    '在使用前多少日申請？',
    '在使用前多少日申请？',
    'Quantos dias antes do uso se fez o pedido?',
  ],
  'scheme.designated': [
    'Does the hospital take part in the scheme?',
    '醫院有沒有參與計劃？',
    '医院有没有参与该安排？',
    'O hospital participa no regime?',
  ],
  'scheme.recordYears': [
    'How many years of records are asked for?',
    '要求多少年的紀錄？',
    '请求多少年的记录？',
    'De quantos anos são os registos pedidos?',
  ],
  'scheme.subjectAuthorised': [
    'Has the person authorised the service?',
    '本人是否已授權該服務？',
    '本人是否已授权该服务？',
    'A pessoa autorizou o serviço?',
  ],
  'scheme.subjectInitiated': [
    'Did the person apply?',
    '是否由本人申請？',
    '是否由本人申请？',
    'Foi a própria pessoa que pediu?',
  ],
  'subject.bornOn': ['When was the person born?', '本人何時出生？', '本人何时出生？', 'Quando nasceu a pessoa?'],
  'verify.contentCrosses': [
    'Does content go along?',
    '內容會否一併傳送？',
    '内容是否一并传输？',
    'O conteúdo vai junto?',
  ],
  'verify.salted': [
    'Is the fingerprint salted once?',
    '指紋有沒有一次性加鹽？',
    '指纹是否一次性加盐？',
    'A impressão digital tem sal de uso único?',
  ],
  'verify.subjectInitiated': [
    'Did the person start this check?',
    '核驗是否由本人發起？',
    '核验是否由本人发起？',
    'Foi a pessoa que iniciou a verificação?',
  ],
} as const satisfies Partial<Record<FactPath, Row>>;

/** A fact that a decision may have to ask for. */
export type AskedFact = keyof typeof QUESTIONS;

export const FACT_QUESTIONS = glossary<AskedFact>(QUESTIONS);
