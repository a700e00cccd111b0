import type { Place } from '@bayway/domain';
import type { Random } from './random.js';

/** How a person is written: in the Chinese of her place (null for a purely Portuguese name) and in Latin letters. */
export type PersonName = Readonly<{ zh: string | null; latin: string }>;
export type Sex = 'female' | 'male';

// Traditional, simplified, Hong Kong, Macao and Mainland romanisation.
const SURNAMES = rows(`
陳 陈 Chan Chan Chen|黃 黄 Wong Wong Huang|李 李 Lee Lei Li|張 张 Cheung Cheong Zhang|梁 梁 Leung Leong Liang
王 王 Wong Wong Wang|林 林 Lam Lam Lin|吳 吴 Ng Ng Wu|劉 刘 Lau Lao Liu|何 何 Ho Ho He
鄭 郑 Cheng Cheang Zheng|楊 杨 Yeung Ieong Yang|周 周 Chow Chao Zhou|蔡 蔡 Choi Choi Cai|曾 曾 Tsang Chang Zeng
郭 郭 Kwok Kuok Guo|馮 冯 Fung Fong Feng|鄧 邓 Tang Tang Deng|許 许 Hui Hoi Xu|葉 叶 Yip Ip Ye
羅 罗 Law Lo Luo|謝 谢 Tse Che Xie|趙 赵 Chiu Chio Zhao|蘇 苏 So Sou Su|盧 卢 Lo Lou Lu
胡 胡 Woo Wu Hu|朱 朱 Chu Chu Zhu|余 余 Yu U Yu|潘 潘 Poon Pun Pan|黎 黎 Lai Lai Li
徐 徐 Tsui Choi Xu|莫 莫 Mok Mok Mo|譚 谭 Tam Tam Tan|蕭 萧 Siu Sio Xiao|關 关 Kwan Kuan Guan
孫 孙 Suen Sun Sun|沈 沈 Sham Sam Shen|方 方 Fong Fong Fang|溫 温 Wan Wan Wen|杜 杜 To Tou Du`);

const GIVEN: Readonly<Record<Sex, readonly string[][]>> = {
  female: rows(`
美 美 Mei Mei mei|怡 怡 Yee I yi|嘉 嘉 Ka Ka jia|敏 敏 Man Man min|詠 咏 Wing Weng yong|欣 欣 Yan Ian xin
慧 慧 Wai Wai hui|玲 玲 Ling Leng ling|雅 雅 Nga Nga ya|雯 雯 Man Man wen|婷 婷 Ting Teng ting|穎 颖 Wing Weng ying
淑 淑 Suk Sok shu|芳 芳 Fong Fong fang|珊 珊 Shan San shan|萍 萍 Ping Peng ping|燕 燕 Yin In yan|麗 丽 Lai Lai li
靜 静 Ching Cheng jing|瑩 莹 Ying Ieng ying|曉 晓 Hiu Hio xiao|彤 彤 Tung Tong tong|思 思 Sze Si si|琪 琪 Ki Kei qi
佩 佩 Pui Pui pei|雪 雪 Suet Sut xue|綺 绮 Yee I qi|惠 惠 Wai Wai hui|蓮 莲 Lin Lin lian|鳳 凤 Fung Fong feng`),
  male: rows(`
家 家 Ka Ka jia|豪 豪 Ho Hou hao|偉 伟 Wai Wai wei|明 明 Ming Meng ming|志 志 Chi Chi zhi|俊 俊 Chun Chon jun
傑 杰 Kit Kit jie|文 文 Man Man wen|國 国 Kwok Kuok guo|強 强 Keung Keong qiang|建 建 Kin Kin jian|華 华 Wah Wa hua
榮 荣 Wing Weng rong|健 健 Kin Kin jian|浩 浩 Ho Hou hao|然 然 Yin In ran|子 子 Tsz Chi zi|軒 轩 Hin Hin xuan
宇 宇 Yu U yu|鵬 鹏 Pang Pang peng|海 海 Hoi Hoi hai|德 德 Tak Tak de|永 永 Wing Weng yong|康 康 Hong Hong kang
耀 耀 Yiu Io yao|輝 辉 Fai Fai hui|成 成 Shing Seng cheng|東 东 Tung Tong dong|龍 龙 Lung Long long|樂 乐 Lok Lok le`),
};

const PORTUGUESE_GIVEN: Readonly<Record<Sex, readonly string[]>> = {
  female: ['Ana', 'Beatriz', 'Fernanda', 'Inês', 'Isabel', 'Luísa', 'Maria', 'Rita', 'Sofia', 'Teresa'],
  male: ['António', 'Carlos', 'Duarte', 'Fernando', 'João', 'Luís', 'Manuel', 'Miguel', 'Pedro', 'Rui'],
};
const PORTUGUESE_SURNAMES = 'de Assis|da Luz|do Rosário|dos Santos|Gomes|Lopes|Madeira|Nolasco|Sales|Xavier'.split('|');

function rows(text: string): string[][] {
  return text
    .trim()
    .split(/[|\n]/)
    .map((row) => row.split(' '));
}

const WRITING = { hk: [0, 2], mo: [0, 3], cn: [1, 4] } as const;

/**
 * A name as documents of the place write it: Traditional and Cantonese romanisation in Hong Kong, Traditional and
 * Macao romanisation (or a Portuguese name, one in eight) in Macao, Simplified and Hanyu Pinyin on the Mainland.
 */
export function nameFor(place: Place, sex: Sex, random: Random): PersonName {
  if (place === 'MO' && random.below(8) === 0) {
    return { zh: null, latin: `${random.pick(PORTUGUESE_GIVEN[sex])} ${random.pick(PORTUGUESE_SURNAMES)}` };
  }
  const [script, latin] = WRITING[place === 'HK' ? 'hk' : place === 'MO' ? 'mo' : 'cn'];
  const surname = random.pick(SURNAMES);
  const given = [random.pick(GIVEN[sex]), ...(random.chance(85) ? [random.pick(GIVEN[sex])] : [])];
  const zh = [surname, ...given].map((row) => row[script]).join('');
  const spoken = given.map((row) => row[latin] as string);
  const family = (surname[latin] as string).toUpperCase();
  if (place === 'HK') return { zh, latin: `${family} ${spoken.join(' ')}` };
  if (place === 'MO') return { zh, latin: `${family} ${spoken.join(' ')}`.toUpperCase() };
  const joined = spoken.join('');
  return { zh, latin: `${family} ${joined.charAt(0).toUpperCase()}${joined.slice(1)}` };
}

/** The sign-in name that fits a Latin name: `CHAN Mei Yee` gives `chan.meiyee`, `Ana do Rosário` gives `rosario.ana`. */
export function loginFor(name: PersonName): string {
  const words = name.latin.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
  const family = name.zh === null ? words.at(-1) : words[0];
  const rest = name.zh === null ? words[0] : words.slice(1).join('');
  return `${family}.${rest}`;
}
