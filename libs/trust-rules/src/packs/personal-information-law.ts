import { pack, type Pack } from './pack.js';

/** Personal Information Protection Law of the People’s Republic of China. */
export const PERSONAL_INFORMATION_LAW: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Personal Information Protection Law of the People’s Republic of China',
        'zh-Hant': '《中華人民共和國個人信息保護法》',
        'zh-Hans': '《中华人民共和国个人信息保护法》',
        pt: 'Lei da Protecção de Informações Pessoais da República Popular da China',
      },
      effectiveFrom: '2021-11-01',
      status: 'in-force',
      verification: 'V',
      systems: ['cn'],
      direction: 'any',
    },
    {
      'CN.PIPL.4': {
        article: 'art 4',
        text: {
          en: 'What is recorded about an identifiable person is personal information; anonymised data are outside the law.',
          'zh-Hant': '與可識別的自然人有關並已記錄的，是個人資料；匿名化之後不受本法規管。',
          'zh-Hans': '与可识别的自然人有关并已记录的，是个人信息；匿名化处理后的信息不适用本法。',
          pt: 'É dado pessoal o que se regista sobre uma pessoa identificável; os dados anonimizados ficam fora da lei.',
        },
      },
      'CN.PIPL.6': {
        article: 'art 6',
        text: {
          en: 'Only what the stated purpose needs may be collected and provided; an item that is not needed is left out.',
          'zh-Hant': '只可收集和提供目的所必需的資料；不需要的項目不會送出。',
          'zh-Hans': '只能收集和提供目的所必需的信息；不需要的项目不予提供。',
          pt: 'Só se recolhe e fornece o necessário à finalidade indicada; o que não é preciso fica de fora.',
        },
      },
      'CN.PIPL.13': {
        article: 'art 13',
        text: {
          en: 'Handling needs one of seven bases, such as consent, a contract, a statutory duty or an emergency; legitimate interest is not one.',
          'zh-Hant': '處理資料須有七種依據之一，例如同意、合約、法定責任或緊急情況；正當利益不在其中。',
          'zh-Hans': '处理信息须具备七种依据之一，例如同意、合同、法定义务或紧急情况；正当利益不在其中。',
          pt: 'O tratamento exige um de sete fundamentos, como consentimento, contrato, dever legal ou urgência; o interesse legítimo não é um deles.',
        },
      },
      'CN.PIPL.14': {
        article: 'art 14',
        text: {
          en: 'Consent is informed, voluntary and explicit; a new purpose, method or kind of data needs a new consent.',
          'zh-Hant': '同意須在知情之下自願、明確作出；目的、方式或資料種類改變，要重新取得同意。',
          'zh-Hans': '同意应当在充分知情的前提下自愿、明确作出；目的、方式或者种类变更的，应当重新取得同意。',
          pt: 'O consentimento é informado, livre e expresso; nova finalidade, método ou tipo de dados exige novo consentimento.',
        },
      },
      'CN.PIPL.15': {
        article: 'art 15',
        text: {
          en: 'Consent may be withdrawn at any time; what was done before stays valid.',
          'zh-Hant': '同意可隨時撤回；撤回之前所作的處理仍然有效。',
          'zh-Hans': '同意可以随时撤回；撤回前已进行的处理仍然有效。',
          pt: 'O consentimento pode ser retirado a qualquer momento; o que foi feito antes continua válido.',
        },
      },
      'CN.PIPL.17': {
        article: 'art 17',
        text: {
          en: 'Before handling, the person is told who handles what, why, how and for how long.',
          'zh-Hant': '處理之前，須告知本人由誰、為何、如何處理甚麼資料，以及保存多久。',
          'zh-Hans': '处理前，应当告知个人由谁、为何、如何处理哪些信息以及保存多久。',
          pt: 'Antes do tratamento, informa-se a pessoa de quem trata o quê, porquê, como e por quanto tempo.',
        },
      },
      'CN.PIPL.18': {
        article: 'art 18',
        text: {
          en: 'In an emergency the notice may follow once the emergency has ended.',
          'zh-Hant': '緊急情況下，可在情況消除後才告知本人。',
          'zh-Hans': '紧急情况下，可以在紧急情况消除后及时告知。',
          pt: 'Em caso de urgência, a informação pode ser dada depois de esta terminar.',
        },
      },
      'CN.PIPL.19': {
        article: 'art 19',
        text: {
          en: 'Data are kept no longer than the purpose needs.',
          'zh-Hant': '保存期限以實現目的所必需的最短時間為限。',
          'zh-Hans': '保存期限应当为实现处理目的所必要的最短时间。',
          pt: 'Os dados conservam-se apenas pelo tempo que a finalidade exige.',
        },
      },
      'CN.PIPL.21': {
        article: 'art 21',
        text: {
          en: 'Entrusting needs an agreement on purpose, term, method, kinds of data and protection; at the end the data are returned or deleted.',
          'zh-Hant': '委託處理須以協議訂明目的、期限、方式、資料種類及保護措施；完結時交還或刪除。',
          'zh-Hans': '委托处理应当约定目的、期限、方式、信息种类和保护措施；结束时返还或者删除。',
          pt: 'A subcontratação exige acordo sobre finalidade, prazo, método, tipos de dados e protecção; no fim, devolve-se ou apaga-se.',
        },
      },
      'CN.PIPL.23': {
        article: 'art 23',
        text: {
          en: 'Giving data to another handler on consent needs notice of the recipient and a separate consent; the recipient keeps to that scope.',
          'zh-Hant': '憑同意向另一處理者提供資料，須告知接收方並取得單獨同意；接收方不得超出範圍。',
          'zh-Hans': '基于同意向其他个人信息处理者提供的，应当告知接收方情况并取得单独同意；接收方不得超出该范围。',
          pt: 'Fornecer dados a outro responsável com base no consentimento exige informar do destinatário e consentimento separado, cujo âmbito ele respeita.',
        },
      },
      'CN.PIPL.28': {
        article: 'art 28',
        text: {
          en: 'Biometrics, religion, health, financial accounts, whereabouts and everything about a person under 14 are sensitive and need strict protection.',
          'zh-Hant': '生物識別、宗教、醫療、金融帳戶、行蹤及未滿十四歲者的一切資料屬敏感，須嚴格保護。',
          'zh-Hans':
            '生物识别、宗教信仰、医疗健康、金融账户、行踪轨迹以及不满十四周岁未成年人的信息属于敏感信息，应当严格保护。',
          pt: 'São sensíveis a biometria, a religião, a saúde, as contas financeiras, as deslocações e tudo sobre menores de 14 anos; exigem protecção rigorosa.',
        },
      },
      'CN.PIPL.29': {
        article: 'art 29',
        text: {
          en: 'Handling sensitive data on consent needs a separate consent.',
          'zh-Hant': '憑同意處理敏感資料，須取得單獨同意。',
          'zh-Hans': '基于同意处理敏感个人信息的，应当取得单独同意。',
          pt: 'Tratar dados sensíveis com base no consentimento exige consentimento separado.',
        },
      },
      'CN.PIPL.30': {
        article: 'art 30',
        text: {
          en: 'For sensitive data the person is also told why they are needed and what effect this has.',
          'zh-Hant': '涉及敏感資料，還要告知本人為何必需及有何影響。',
          'zh-Hans': '处理敏感个人信息的，还应当告知必要性以及对个人权益的影响。',
          pt: 'Quanto a dados sensíveis, informa-se também por que são necessários e que efeito isso tem.',
        },
      },
      'CN.PIPL.31': {
        article: 'art 31',
        text: {
          en: 'Under 14, a parent or guardian consents, and rules made for children apply.',
          'zh-Hant': '未滿十四歲，須由父母或監護人同意，並適用專門規則。',
          'zh-Hans': '不满十四周岁的，应当取得父母或者其他监护人的同意，并适用专门规则。',
          pt: 'Abaixo dos 14 anos consente o pai, a mãe ou o tutor, e aplicam-se regras próprias.',
        },
      },
      'CN.PIPL.34': {
        article: 'art 34',
        text: {
          en: 'State organs handle personal data only within their statutory powers and procedure.',
          'zh-Hant': '國家機關只可按法定權限和程序處理個人資料。',
          'zh-Hans': '国家机关应当依照法定权限和程序处理个人信息。',
          pt: 'Os órgãos do Estado tratam dados pessoais só no quadro das suas competências e procedimentos legais.',
        },
      },
      'CN.PIPL.45': {
        article: 'art 45',
        text: {
          en: 'People may consult and copy their own data.',
          'zh-Hant': '個人有權查閱、複製自己的資料。',
          'zh-Hans': '个人有权查阅、复制其个人信息。',
          pt: 'A pessoa pode consultar e copiar os próprios dados.',
        },
      },
      'CN.PIPL.46': {
        article: 'art 46',
        text: {
          en: 'A person may have wrong or incomplete data checked and corrected.',
          'zh-Hant': '資料不準確或不完整，個人有權要求核實、更正、補充。',
          'zh-Hans': '信息不准确或者不完整的，个人有权请求核实、更正、补充。',
          pt: 'A pessoa pode pedir a verificação e rectificação de dados errados ou incompletos.',
        },
      },
      'CN.PIPL.47': {
        article: 'art 47',
        text: {
          en: 'Data are deleted when the purpose is met, the term is over or consent is withdrawn; while a retention law runs they are only stored and protected.',
          'zh-Hant': '目的已達、期滿或撤回同意後須刪除；法定保存期未滿時，只可保存和保護。',
          'zh-Hans': '目的实现、期限届满或者撤回同意的，应当删除；法定保存期限未届满的，仅可存储并采取保护措施。',
          pt: 'Os dados apagam-se quando a finalidade se cumpre, o prazo finda ou o consentimento é retirado; enquanto a lei obriga a conservar, só se guardam e protegem.',
        },
      },
      'CN.PIPL.49': {
        article: 'art 49',
        text: {
          en: 'Near relatives may consult, copy, correct or delete the data of a deceased person for their own lawful interest.',
          'zh-Hant': '近親屬可為自身合法利益，查閱、複製、更正、刪除已故者的資料。',
          'zh-Hans': '近亲属为自身的合法、正当利益，可以查阅、复制、更正、删除死者的个人信息。',
          pt: 'Os parentes próximos podem consultar, copiar, rectificar ou apagar dados do falecido no seu próprio interesse legítimo.',
        },
      },
      'CN.PIPL.50': {
        article: 'art 50',
        text: {
          en: 'A request to use a right has an easy route and an answer; a refusal says why.',
          'zh-Hant': '行使權利須有便捷途徑並獲答覆；不接納須說明理由。',
          'zh-Hans': '应当建立便捷的行使权利的受理和处理机制；拒绝请求的，应当说明理由。',
          pt: 'O exercício de um direito tem via acessível e resposta; a recusa é fundamentada.',
        },
      },
      'CN.PIPL.55': {
        article: 'art 55',
        text: {
          en: 'An impact assessment comes before handling sensitive data, entrusting, providing or exporting data.',
          'zh-Hant': '處理敏感資料、委託、提供或送到內地以外之前，須先作影響評估。',
          'zh-Hans': '处理敏感个人信息、委托处理、对外提供或者向境外提供前，应当进行个人信息保护影响评估。',
          pt: 'Antes de tratar dados sensíveis, subcontratar, fornecer ou exportar, faz-se uma avaliação de impacto.',
        },
      },
      'CN.PIPL.56': {
        article: 'art 56',
        text: {
          en: 'The report of the impact assessment and the handling record are kept for at least three years.',
          'zh-Hant': '影響評估報告和處理紀錄至少保存三年。',
          'zh-Hans': '影响评估报告和处理情况记录应当至少保存三年。',
          pt: 'O relatório da avaliação de impacto e o registo do tratamento conservam-se pelo menos três anos.',
        },
      },
      'CN.PIPL.72': {
        article: 'art 72',
        text: {
          en: 'The law does not apply to a natural person in personal or family affairs.',
          'zh-Hant': '自然人因個人或家庭事務處理資料，不適用本法。',
          'zh-Hans': '自然人因个人或者家庭事务处理个人信息的，不适用本法。',
          pt: 'A lei não se aplica à pessoa singular nos seus assuntos pessoais ou familiares.',
        },
      },
      'CN.PIPL.73.3': {
        article: 'art 73(3)',
        text: {
          en: 'De-identified data, such as the fingerprint of a document, are not anonymised and stay personal.',
          'zh-Hant': '去標識化的資料（例如文件指紋）並非匿名化，仍屬個人資料。',
          'zh-Hans': '去标识化的信息（例如文件指纹）并非匿名化，仍属个人信息。',
          pt: 'Dados desidentificados, como a impressão digital de um documento, não são anónimos e continuam pessoais.',
        },
      },
    },
  ),
];
