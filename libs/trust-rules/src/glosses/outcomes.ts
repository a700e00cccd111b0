import type { Advisory, MissingStep, Outcome } from '../decision.js';
import { glossary } from './gloss.js';

/** Outcomes. */
export const OUTCOMES = glossary<Outcome>({
  permit: ['allowed, with obligations', '准許，附帶義務', '准许，附带义务', 'permitido, com obrigações'],
  hold: [
    'not yet; can be cured by the listed steps',
    '暫緩，補足所列步驟後可行',
    '暂缓，补足所列步骤后可行',
    'suspenso até se cumprirem os passos indicados',
  ],
  forbid: ['not allowed by this route, purpose or recipient', '禁止', '禁止', 'proibido'],
  escalate: [
    'law unsettled; a person must decide',
    '法律未明，交人工裁決',
    '法律未明，交人工裁决',
    'direito incerto; decisão humana',
  ],
  'needs-info': ['a needed fact is unknown', '缺少必要事實', '缺少必要事实', 'falta um facto necessário'],
});

/** Steps that can be missing. */
export const STEPS = glossary<MissingStep>({
  'subject-consent': ["the person's consent", '本人同意', '本人同意', 'consentimento do titular'],
  'separate-consent': ['separate consent, not bundled', '單獨同意', '单独同意', 'consentimento separado'],
  'written-consent': ['written consent', '書面同意', '书面同意', 'consentimento escrito'],
  'guardian-consent': ["parent's or guardian's consent", '監護人同意', '监护人同意', 'consentimento do tutor'],
  'new-consent': ['new consent for the changed or expired scope', '重新取得同意', '重新取得同意', 'novo consentimento'],
  'prescribed-consent': [
    'prescribed consent (Hong Kong)',
    '訂明同意（香港）',
    '订明同意（香港）',
    'consentimento prescrito (Hong Kong)',
  ],
  'direct-marketing-consent': [
    'written notice and written consent for marketing',
    '促銷的書面通知及書面同意',
    '促销的书面通知及书面同意',
    'aviso e consentimento escritos para promoção',
  ],
  notice: [
    'notice to the person, with the cross-border items',
    '告知本人（含跨境事項）',
    '告知本人（含跨境事项）',
    'informação ao titular, com os elementos transfronteiriços',
  ],
  'impact-assessment': ['impact assessment', '個人信息保護影響評估', '个人信息保护影响评估', 'avaliação de impacto'],
  'valid-instrument': [
    'a valid export instrument',
    '有效的出境機制',
    '有效的出境机制',
    'instrumento de exportação válido',
  ],
  'security-assessment': [
    'passed CAC security assessment',
    '通過數據出境安全評估',
    '通过数据出境安全评估',
    'avaliação de segurança aprovada',
  ],
  'instrument-in-effect': ['contract in effect', '合同生效', '合同生效', 'contrato em vigor'],
  'file-contract': ['filing of the contract', '合同備案', '合同备案', 'registo do contrato'],
  'use-template-unaltered': [
    'use of the template unaltered',
    '採用未經改動的範本',
    '采用未经改动的范本',
    'uso do modelo sem alterações',
  ],
  'instrument-scope-update': [
    'instrument updated to the actual scope',
    '更新機制範圍並重新備案',
    '更新机制范围并重新备案',
    'instrumento actualizado ao âmbito real',
  ],
  'mo-transfer-ground': [
    'ground for transfer out of Macao or authorisation',
    '轉移出澳門的依據或許可',
    '转移出澳门的依据或许可',
    'fundamento ou autorização para transferir para fora de Macau',
  ],
  'mo-sensitive-ground': [
    'ground for sensitive data in Macao',
    '在澳門處理敏感資料的依據',
    '在澳门处理敏感资料的依据',
    'fundamento para dados sensíveis em Macau',
  ],
  'dspdp-notification': [
    'notification to the Macao authority',
    '通知澳門個人資料保護局',
    '通知澳门个人资料保护局',
    'notificação à DSPDP',
  ],
  'dspdp-authorisation': [
    'authorisation by the Macao authority',
    '澳門個人資料保護局許可',
    '澳门个人资料保护局许可',
    'autorização da DSPDP',
  ],
  'hgr-report-and-backup': [
    'genetic resources prior report and backup',
    '人類遺傳資源事先報告並備份',
    '人类遗传资源事先报告并备份',
    'comunicação prévia e cópia de recursos genéticos',
  ],
  'hgr-security-review': [
    'genetic resources security review',
    '人類遺傳資源安全審查',
    '人类遗传资源安全审查',
    'revisão de segurança de recursos genéticos',
  ],
  'cbcr-arrangement': [
    'cross-boundary credit referencing arrangement',
    '跨境徵信安排',
    '跨境征信安排',
    'acordo de crédito transfronteiriço',
  ],
  'onward-agreement': [
    'written agreement with the next recipient',
    '與再接收方的書面協議',
    '与再接收方的书面协议',
    'acordo escrito com o novo destinatário',
  ],
  'onward-necessity-record': [
    'record of business need',
    '業務必要性紀錄',
    '业务必要性记录',
    'registo da necessidade de negócio',
  ],
  'onward-notice': [
    'notice of the next recipient',
    '告知再接收方',
    '告知再接收方',
    'informação sobre o novo destinatário',
  ],
  'onward-consent': [
    'consent to the next recipient',
    '對再接收方的同意',
    '对再接收方的同意',
    'consentimento para o novo destinatário',
  ],
  'identity-assurance': [
    'identity level 3 or higher',
    '身份核實三級或以上',
    '身份核实三级或以上',
    'nível de identidade 3 ou superior',
  ],
  'identity-proof': ['proof of identity', '身份證明', '身份证明', 'prova de identidade'],
  'agent-authorisation': [
    "agent's or guardian's authority",
    '代理或監護授權',
    '代理或监护授权',
    'poderes do representante',
  ],
  'subject-action': ['action by the person', '本人操作', '本人操作', 'acção do titular'],
  'salted-fingerprint': [
    'one-time salted fingerprint',
    '一次性加鹽指紋',
    '一次性加盐指纹',
    'impressão digital com sal de uso único',
  ],
  'record-window': [
    'record period of three years or less',
    '紀錄期限不超過三年',
    '记录期限不超过三年',
    'período de registo até três anos',
  ],
  'application-lead-time': [
    'three days between application and use',
    '提前三日申請',
    '提前三日申请',
    'pedido com três dias de antecedência',
  ],
  'subject-authorisation': ["the person's authorisation", '本人授權', '本人授权', 'autorização do titular'],
});

/** Things to show that do not decide. */
export const ADVISORIES = glossary<Advisory>({
  'hk-s33-not-in-operation': [
    'section 33 is enacted but not in operation',
    '第33條未實施',
    '第33条未实施',
    'o artigo 33.º não está em vigor',
  ],
  'hk-model-clauses-recommended': [
    'model clauses or a GBA contract are recommended',
    '建議採用合約範本',
    '建议采用合约范本',
    'recomendam-se cláusulas-modelo',
  ],
  'hk-withdrawal-needs-writing': [
    'withdrawal in Hong Kong needs written notice',
    '撤回須書面通知',
    '撤回须书面通知',
    'a revogação exige aviso escrito',
  ],
  'gba-ciio-unsettled': [
    'whether a GBA contract helps an infrastructure operator is unsettled',
    '大灣區合同對關鍵信息基礎設施營運者的效力未明',
    '大湾区合同对关基运营者的效力未明',
    'efeito do contrato GBA para operadores críticos incerto',
  ],
  'no-listed-validation-scheme': [
    'no listed validation platform for this pair of places',
    '兩地無列名核驗平台',
    '两地无列名核验平台',
    'sem plataforma de validação listada',
  ],
  'self-carry-doctrinal': [
    'the self-carry reading is doctrinal',
    '本人攜帶之解讀屬學理',
    '本人携带之解读属学理',
    'a leitura de transporte próprio é doutrinal',
  ],
});
