import type { ForbidReason } from '../forbid-reasons.js';
import { glossary } from './gloss.js';

/** Why a request cannot go on, in one plain sentence whose subject is the transfer, never a person. */
export const FORBID_SENTENCES = glossary<ForbidReason>({
  'nothing-left-to-send': [
    'None of the items may be sent, so nothing is left to send.',
    '所有項目都不可傳送，因此沒有可傳送的資料。',
    '所有项目都不可传输，因此没有可传输的信息。',
    'Nenhum dos itens pode ser enviado; nada resta para enviar.',
  ],
  'important-data-under-area-contract': [
    'The standard contract of the Bay does not cover data declared as important.',
    '大灣區標準合約不適用於已申報的重要數據。',
    '大湾区标准合同不适用于已申报的重要数据。',
    'O contrato-padrão da Grande Baía não abrange dados declarados importantes.',
  ],
  'recipient-on-restricted-list': [
    'The recipient is on a Mainland list of recipients that get no data.',
    '接收方在內地不獲提供資料的清單上。',
    '接收方在内地限制或者禁止提供的清单上。',
    'O destinatário consta de uma lista do Interior da China que não recebe dados.',
  ],
  'consent-withdrawn': [
    'The consent was withdrawn, so nothing more is sent.',
    '同意已經撤回，不會再傳送任何資料。',
    '同意已经撤回，不再传输任何信息。',
    'O consentimento foi retirado; nada mais se envia.',
  ],
  'volume-split': [
    'The volume was split to stay below a threshold, so the certificate does not count.',
    '數量經拆分以低於門檻，認證因此不算數。',
    '数量经拆分以低于门槛，认证因此不能适用。',
    'O volume foi fraccionado para ficar abaixo do limiar; o certificado não conta.',
  ],
  'new-purpose-without-consent': [
    'The purpose is a new one, and there is no prescribed consent for it.',
    '這是新的用途，並沒有就此取得訂明同意。',
    '这是新的用途，并没有就此取得订明同意。',
    'A finalidade é nova e não há consentimento prescrito para ela.',
  ],
  'credit-data-stay-in-hong-kong': [
    'Credit data of this agency stay in Hong Kong.',
    '這家機構的信貸資料只留在香港。',
    '这家机构的信用信息只留在香港。',
    'Os dados de crédito desta agência ficam em Hong Kong.',
  ],
  'leaves-the-area': [
    'These data were received under a contract of the Bay and stay in its area.',
    '資料按大灣區合約接收，不離開合約地區。',
    '信息依大湾区合同接收，不离开合同区域。',
    'Estes dados foram recebidos ao abrigo de um contrato da Grande Baía e ficam na sua área.',
  ],
  'recipient-changed-purpose': [
    'The recipient wants to use the data for something else, and there is no consent to that.',
    '接收方想把資料用於其他用途，並沒有就此取得同意。',
    '接收方拟将信息用于其他用途，并没有就此取得同意。',
    'O destinatário quer usar os dados para outro fim, sem consentimento para isso.',
  ],
  'organisation-asks': [
    'Only the person, or someone acting for that person, may ask this way.',
    '只有本人或其代表可以循這途徑提出要求。',
    '只有本人或者其代表可以通过这一途径提出请求。',
    'Só a própria pessoa, ou quem age por ela, pode pedir por esta via.',
  ],
  'source-sends-to-recipient': [
    'When a person carries the record, the source does not send it to the recipient.',
    '由本人攜帶紀錄時，來源不會把紀錄送交接收方。',
    '由本人携带记录时，来源不会把记录发送给接收方。',
    'Quando a própria pessoa leva o registo, a fonte não o envia ao destinatário.',
  ],
  'content-crosses-in-check': [
    'In a check only a fingerprint is compared; here the content would go along.',
    '核驗只比對指紋；這次內容會一併傳送。',
    '核验只比对指纹；这次内容会一并传输。',
    'Numa verificação só se compara a impressão digital; aqui iria também o conteúdo.',
  ],
  'platform-serves-institutions-only': [
    'The credit data platform of Macao gives reports to institutions only.',
    '澳門信貸資料平台的報告只供機構查閱。',
    '澳门信贷资料平台的报告仅供机构查阅。',
    'A plataforma de dados de crédito de Macau só dá relatórios a instituições.',
  ],
  'scheme-not-started': [
    'The scheme had not started on that day.',
    '當日計劃尚未開始。',
    '当日该安排尚未开始。',
    'Nesse dia o regime ainda não tinha começado.',
  ],
  'scheme-serves-other-places': [
    'The scheme serves records from Hong Kong to the nine Mainland cities only.',
    '計劃只適用於由香港送到內地九市的紀錄。',
    '该安排只适用于由香港送到内地九市的记录。',
    'O regime serve só registos de Hong Kong para as nove cidades do Interior da China.',
  ],
  'hospital-not-designated': [
    'This hospital does not take part in the scheme.',
    '這家醫院沒有參與計劃。',
    '这家医院没有参与该安排。',
    'Este hospital não participa no regime.',
  ],
  'scheme-age-limit': [
    'Before 24 December 2025 the scheme was open from the age of 65.',
    '2025年12月24日之前，計劃只供65歲或以上人士使用。',
    '2025年12月24日前，该安排仅供65岁或以上人士使用。',
    'Antes de 24 de Dezembro de 2025, o regime servia só a partir dos 65 anos.',
  ],
  'foreign-authority-without-approval': [
    'The competent Mainland authority has not approved this request from a foreign authority.',
    '內地主管機關尚未批准這項外國機構的要求。',
    '内地主管机关尚未批准这项外国机构的请求。',
    'A autoridade competente do Interior da China não aprovou este pedido de uma autoridade estrangeira.',
  ],
  'contract-data-to-foreign-authority': [
    'Data received under a contract of the Bay do not go to an authority outside its area.',
    '按大灣區合約接收的資料，不會送交合約地區以外的機構。',
    '依大湾区合同接收的信息，不提供给合同区域以外的机构。',
    'Os dados recebidos ao abrigo de um contrato da Grande Baía não vão para uma autoridade fora da área.',
  ],
});
