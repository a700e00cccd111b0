import type { Refusal } from '@bayway/contracts';
import type { InLanguages } from './texts.js';

/** What she reads where the answer is not yes: the transfer is the subject, never a person. */
export type RefusalTexts = Readonly<{
  /** `{record}` `{from}` `{to}` */
  title: string;
  /** Words of the mark. */
  mark: string;
  /** One plain sentence, why: `{jurisdiction}`. */
  why: string;
}>;

export const refusals: InLanguages<Readonly<Record<Refusal['code'], RefusalTexts>>> = {
  'zh-Hant': {
    'request-not-lawful': {
      title: '{record}不能由{from}直接送到{to}。',
      mark: '法律不容許直接傳送',
      why: '{jurisdiction}的法律不容許這樣傳送這份紀錄。',
    },
    'request-not-permitted-yet': {
      title: '{record}暫時不能由{from}送到{to}。',
      mark: '尚欠手續',
      why: '{jurisdiction}的法律要求先辦妥一項手續。',
    },
    'request-needs-review': {
      title: '{record}能否由{from}送到{to}，須由人決定。',
      mark: '須由人決定',
      why: '{jurisdiction}的法律對此未有定論。您不需要做甚麼。',
    },
    'request-facts-missing': {
      title: '{record}暫時不能由{from}送到{to}。',
      mark: '尚欠一項事實',
      why: '{jurisdiction}的法律要知道一項事實才可判定，而我們還不知道。',
    },
  },
  'zh-Hans': {
    'request-not-lawful': {
      title: '{record}不能由{from}直接传输到{to}。',
      mark: '法律不允许直接传输',
      why: '{jurisdiction}的法律不允许这样传输这份记录。',
    },
    'request-not-permitted-yet': {
      title: '{record}暂时不能由{from}传输到{to}。',
      mark: '尚缺手续',
      why: '{jurisdiction}的法律要求先办妥一项手续。',
    },
    'request-needs-review': {
      title: '{record}能否由{from}传输到{to}，须由人决定。',
      mark: '须由人决定',
      why: '{jurisdiction}的法律对此尚无定论。您不需要做什么。',
    },
    'request-facts-missing': {
      title: '{record}暂时不能由{from}传输到{to}。',
      mark: '尚缺一项事实',
      why: '{jurisdiction}的法律要知道一项事实才可判定，而我们还不知道。',
    },
  },
  pt: {
    'request-not-lawful': {
      title: '{record}: não pode seguir directamente de {from} para {to}.',
      mark: 'Envio directo não permitido por lei',
      why: 'A lei de {jurisdiction} não permite enviar este registo desta forma.',
    },
    'request-not-permitted-yet': {
      title: '{record}: por agora não pode seguir de {from} para {to}.',
      mark: 'Falta um passo',
      why: 'A lei de {jurisdiction} pede primeiro um passo que ainda falta.',
    },
    'request-needs-review': {
      title: '{record}: uma pessoa decide se pode seguir de {from} para {to}.',
      mark: 'Uma pessoa decide',
      why: 'A lei de {jurisdiction} não é clara neste ponto. Não precisa de fazer nada.',
    },
    'request-facts-missing': {
      title: '{record}: por agora não pode seguir de {from} para {to}.',
      mark: 'Falta um facto',
      why: 'A lei de {jurisdiction} depende de um facto que ainda não conhecemos.',
    },
  },
  en: {
    'request-not-lawful': {
      title: '{record}: cannot be sent straight from {from} to {to}.',
      mark: 'Not lawful as a direct transfer',
      why: 'The law of {jurisdiction} does not allow this record to be sent this way.',
    },
    'request-not-permitted-yet': {
      title: '{record}: cannot be sent from {from} to {to} for now.',
      mark: 'A step is missing',
      why: 'The law of {jurisdiction} asks for a step first, and it is missing.',
    },
    'request-needs-review': {
      title: '{record}: a person decides whether it may go from {from} to {to}.',
      mark: 'A person decides',
      why: 'The law of {jurisdiction} is not settled on this. There is nothing for you to do.',
    },
    'request-facts-missing': {
      title: '{record}: cannot be sent from {from} to {to} for now.',
      mark: 'A fact is missing',
      why: 'The law of {jurisdiction} turns on a fact that we do not know yet.',
    },
  },
};

/** Why, where no law but a rule of Bayway itself asks for the step. */
export const baywayAsks: InLanguages<string> = {
  'zh-Hant': '灣通本身的規則要求先辦妥一項手續；並非法例要求。',
  'zh-Hans': '湾通本身的规则要求先办妥一项手续；并非法律要求。',
  pt: 'Uma regra do próprio Bayway, e não a lei, pede primeiro um passo que ainda falta.',
  en: 'A rule of Bayway itself, not the law, asks for a step first, and it is missing.',
};
