import type { Words } from './index.js';

/** 繁體中文（香港用語）。 */
export const zhHant: Words = {
  cancel: '取消並返回',
  backTo: '返回{client}',
  through: {
    title: '經另一地登入',
    choice: '經{place}登入',
    note: '適用於已把該地身份與這裏的身份連結的人士。',
  },
  bind: {
    heading: '請用您在{here}的身份登入一次',
    lead: '您經{there}而來。要找到您的紀錄，須知道您在{here}是誰。其後兩個身份便會連結；證件號碼不會送出。',
    nextCity: '到您城市的登入頁核實身份。',
    nextLink: '兩個身份連結，這次和以後都適用。',
  },
  again: '要查看您的紀錄，請用較高級別再登入一次。需要第 {level} 級。',
  unreachable: '現時未能連接{place}的登入服務。請再試，或選擇另一個。',
  untrusted: '未能核實{place}的回覆，當中資料一概沒有使用。請再試，或選擇另一個。',
  ended: {
    title: '這次登入已經結束',
    text: '時間過長，或已在另一視窗完成。請返回原來的網頁重新開始。甚麼也沒有送出。',
  },
  broken: { title: '這一頁不能繼續', text: '請返回原來的網頁重新開始。甚麼也沒有送出。' },
  refused: {
    'link-conflict': '您在{here}登入的身份，與在{there}的身份不屬同一人，或已連結另一身份。甚麼也沒有送出。',
    'no-proof': '我們看不到您在{there}的登入。請在同一瀏覽器先到該地登入，再重新開始。',
    'other-person': '現時在{there}登入的是另一個人。請先在該地登出，再重新開始。甚麼也沒有送出。',
    'resident-conflict': '您城市的證件資料對應這裏多於一項紀錄，須由人手處理。甚麼也沒有更改。',
  },
  stopped: {
    level: {
      title: '這裏需要更高級別的登入',
      text: '您以{place}的身份登入，級別低於這裏所需的第 {level} 級。這與您個人無關。甚麼也沒有送出。',
    },
    'not-fresh': {
      title: '您沒有被要求再次登入',
      text: '這裏需要您重新登入，但{place}沿用了您較早前的登入。請再試，或選擇另一個。甚麼也沒有送出。',
    },
    'another-account': {
      title: '登入的是另一個人',
      text: '這裏請您再登入一次，但從{place}返回的是另一個人。如要以自己身份繼續，請用自己的帳戶再試。如要換人，請先取消並登出。甚麼也沒有送出。',
    },
    how: '如何達到',
    raise: {
      'iam-smart': '請到登記櫃位或自助登記站升級至「智方便+」，然後再試。',
      guangdong: '請在廣東省統一身份認證核實證件及人臉，然後再試。',
      zhejiang: '請在浙江省統一身份認證核實身份證及人臉，然後再試。',
      'macao-one': '請在「一戶通」啟用雙重認證，然後再試。',
    },
    other: '重新選擇登入方式',
  },
  signOut: { title: '登出 Bayway？', text: '您在所屬城市仍保持登入。', stay: '保持登入' },
  signedOut: { title: '您已登出', text: '可以關閉此頁。' },
  kept: { title: '您已作的回答', note: '已為您保留。如要更改，請在下面重新選擇。' },
};
