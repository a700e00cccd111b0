import type { NotificationKind } from '@bayway/contracts';
import type { Language } from '@bayway/domain';

/** A subject names the event, a body what happened and what she may do; never a record, a party, an amount or a number. */
type Words = Readonly<{
  /** [subject, what happened, what she may do] */
  kinds: Readonly<Record<NotificationKind, readonly [string, string, string]>>;
  when: string;
  where: string;
  stop: string;
  digest: readonly [string, string];
  code: readonly [string, string, string];
}>;

const en: Words = {
  kinds: {
    asked: ['A request is waiting for you', 'You were shown a request.', 'If this was not you, tell us there.'],
    given: ['A permission is in force', 'What you allowed is in force.', 'You may look at it or withdraw it.'],
    refused: ['Your answer is recorded', 'You did not allow a request.', 'There is nothing for you to do.'],
    used: ['A permission was used', 'Something you allowed was used.', 'You may look at it or withdraw.'],
    'notice-changed': [
      'Something about a permission was explained anew',
      'What you were told about something you allowed has changed. What you allowed has not.',
      'You may read it there, or withdraw.',
    ],
    expiring: ['A permission ends soon', 'Something you allowed ends soon.', 'There is nothing for you to do.'],
    ended: ['A permission has ended', 'Something you allowed has ended.', 'There is nothing for you to do.'],
    withdrawn: ['Your withdrawal is in force', 'You withdrew a permission.', 'You may see who has confirmed it.'],
    acknowledged: [
      'Your withdrawal was confirmed',
      'Somebody confirmed your withdrawal.',
      'You may read what was signed.',
    ],
    silent: [
      'A withdrawal is not confirmed',
      'Somebody has not confirmed your withdrawal.',
      'You may see where to complain.',
    ],
  },
  when: 'Time',
  where: 'Look here (type the address yourself):',
  stop: 'To get fewer mails or none, open Settings there.',
  digest: ['What happened today', 'Events today: {n}. You may look at each of them.'],
  code: ['Confirm your mail address', 'Type this code in the portal within 30 minutes:', 'Not you? Then do nothing.'],
};

const pt: Words = {
  kinds: {
    asked: ['Um pedido aguarda a sua resposta', 'Foi-lhe mostrado um pedido.', 'Se não era para si, diga-nos lá.'],
    given: ['Uma permissão está em vigor', 'O que permitiu está em vigor.', 'Pode vê-la ou retirá-la.'],
    refused: ['A sua resposta ficou registada', 'Não permitiu um pedido.', 'Não precisa de fazer nada.'],
    used: ['Uma permissão foi usada', 'Algo que permitiu foi usado.', 'Pode ver o uso ou retirar a permissão.'],
    'notice-changed': [
      'Uma informação sobre uma permissão mudou',
      'Mudou a informação sobre algo que permitiu. O que permitiu não mudou.',
      'Pode lê-la lá, ou retirar a permissão.',
    ],
    expiring: ['Uma permissão acaba em breve', 'Algo que permitiu acaba em breve.', 'Não precisa de fazer nada.'],
    ended: ['Uma permissão acabou', 'Algo que permitiu acabou.', 'Não precisa de fazer nada.'],
    withdrawn: ['A sua retirada está em vigor', 'Retirou uma permissão.', 'Pode ver quem já confirmou.'],
    acknowledged: ['A sua retirada foi confirmada', 'Alguém confirmou a sua retirada.', 'Pode ler o que foi assinado.'],
    silent: [
      'Uma retirada não foi confirmada',
      'Alguém não confirmou a sua retirada.',
      'Pode ver onde apresentar queixa.',
    ],
  },
  when: 'Hora',
  where: 'Veja aqui (escreva o endereço):',
  stop: 'Para receber menos mensagens ou nenhuma, abra lá as Definições.',
  digest: ['O que aconteceu hoje', 'Acontecimentos hoje: {n}. Pode ver cada um deles.'],
  code: [
    'Confirme o seu endereço de correio',
    'Escreva este código no portal em 30 minutos:',
    'Não foi você? Não faça nada.',
  ],
};

const zhHant: Words = {
  kinds: {
    asked: ['有一項請求待您回應', '您看過一項請求。', '如果不是您本人，請到該處告訴我們。'],
    given: ['一項容許已生效', '您容許的事項已生效。', '您可以查看或撤回。'],
    refused: ['您的回應已記錄', '您不容許一項請求。', '您無須做任何事。'],
    used: ['一項容許已被使用', '您容許的事項已被使用。', '您可以查看或撤回。'],
    'notice-changed': [
      '一項容許的說明有更新',
      '您容許的一項事項的說明有更新；您容許的範圍沒有改變。',
      '您可以在那裏查看，或撤回。',
    ],
    expiring: ['一項容許即將結束', '您容許的一項事項即將結束。', '您無須做任何事。'],
    ended: ['一項容許已結束', '您容許的一項事項已結束。', '您無須做任何事。'],
    withdrawn: ['您的撤回已生效', '您撤回了一項容許。', '您可以查看誰已確認。'],
    acknowledged: ['您的撤回已獲確認', '有一方確認了您的撤回。', '您可以閱讀其簽署內容。'],
    silent: ['有一項撤回未獲確認', '有一方尚未確認您的撤回。', '您可以查看在哪裏投訴。'],
  },
  when: '時間',
  where: '請自行輸入此網址查看：',
  stop: '如想少收或不收郵件，請到該處的「設定」。',
  digest: ['今天發生的事', '今天共有 {n} 項。您可以逐項查看。'],
  code: ['請確認您的電郵地址', '請在30分鐘內於網頁輸入此號碼：', '如果不是您本人，無須理會。'],
};

const zhHans: Words = {
  kinds: {
    asked: ['有一项请求待您回应', '您看过一项请求。', '如果不是您本人，请到该处告诉我们。'],
    given: ['一项允许已生效', '您允许的事项已生效。', '您可以查看或撤回。'],
    refused: ['您的回应已记录', '您不允许一项请求。', '您无须做任何事。'],
    used: ['一项允许已被使用', '您允许的事项已被使用。', '您可以查看或撤回。'],
    'notice-changed': [
      '一项允许的说明有更新',
      '您允许的一项事项的说明有更新；您允许的范围没有改变。',
      '您可以在那里查看，或撤回。',
    ],
    expiring: ['一项允许即将结束', '您允许的一项事项即将结束。', '您无须做任何事。'],
    ended: ['一项允许已结束', '您允许的一项事项已结束。', '您无须做任何事。'],
    withdrawn: ['您的撤回已生效', '您撤回了一项允许。', '您可以查看谁已确认。'],
    acknowledged: ['您的撤回已获确认', '有一方确认了您的撤回。', '您可以阅读其签署内容。'],
    silent: ['有一项撤回未获确认', '有一方尚未确认您的撤回。', '您可以查看在哪里投诉。'],
  },
  when: '时间',
  where: '请自行输入此网址查看：',
  stop: '如想少收或不收邮件，请到该处的“设置”。',
  digest: ['今天发生的事', '今天共有 {n} 项。您可以逐项查看。'],
  code: ['请确认您的邮箱地址', '请在30分钟内在网页输入此号码：', '如果不是您本人，无须理会。'],
};

export const MAIL_WORDS: Readonly<Record<Language, Words>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };
