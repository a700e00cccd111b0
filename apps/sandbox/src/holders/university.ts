import { DEFAULT_SEED } from '../population/population.js';
import { randomFrom } from '../population/random.js';
import { knownBy, recordHolder, type Holder } from './holder.js';

const ITEMS = {
  graduate: { name: 'text', name_latin: 'text' },
  degrees: {
    certificate: 'text',
    degree: 'text',
    major: 'text',
    faculty: 'text',
    enrolled_on: 'text',
    conferred_on: 'text',
    result: 'text',
  },
  courses: { term: 'text', course: 'text', credits: 'integer', mark: 'integer' },
} as const;

const MAJORS = {
  会计学: { faculty: '管理学院', courses: ['中级财务会计', '审计学', '税法', '公司金融', '成本会计', '统计学'] },
  计算机科学与技术: {
    faculty: '信息学院',
    courses: ['数据结构', '操作系统', '编译原理', '概率论', '计算机网络', '数据库系统'],
  },
  护理学: { faculty: '医学院', courses: ['解剖学', '生理学', '内科护理', '外科护理', '护理伦理', '药理学'] },
  英语: { faculty: '外国语学院', courses: ['综合英语', '翻译理论', '语言学导论', '英国文学', '口译', '跨文化交际'] },
} as const;
/** Residents of whom guides and tests say that they studied there. */
const GRADUATES = ['lei.kaman', 'liang.xiaotong'];
const SHARE = 12;

/** A university in Guangzhou with the dataset `degree-certificate`: who, which degree, which courses with their marks. */
export const university: Holder = recordHolder('degree-certificate', ITEMS, {
  subjects: ({ people }) =>
    people.flatMap((person) => {
      const known = knownBy(person, ['resident-identity-card', 'home-return-permit']);
      const born = Number(person.bornOn.slice(0, 4));
      const studied = born <= 2003 && randomFrom(`university ${person.login}`).chance(SHARE);
      return known && (studied || GRADUATES.includes(person.login)) ? [known] : [];
    }),
  draw: (subject, asOf) => {
    const random = randomFrom(`${DEFAULT_SEED} university ${subject.key}`);
    const major = random.pick(Object.keys(MAJORS) as (keyof typeof MAJORS)[]);
    const { faculty, courses } = MAJORS[major];
    const year = Number(asOf.slice(0, 4)) - 6 - random.below(12);
    const marks = courses.map((course, i) => ({
      term: `${year - 4 + Math.floor(i / 2)}-${1 + (i % 2)}`,
      ...{ course, credits: 2 + random.below(3), mark: 62 + random.below(37) },
    }));
    const mean = marks.reduce((sum, { mark }) => sum + mark, 0) / marks.length;
    return {
      graduate: [{ name: subject.name, name_latin: subject.latin }],
      degrees: [
        {
          ...{ certificate: `99${year}${String(random.below(1_000_000)).padStart(6, '0')}`, degree: 'bachelor', major },
          ...{ faculty, enrolled_on: `${year - 4}-09-01`, conferred_on: `${year}-06-28` },
          result: mean >= 85 ? 'excellent' : mean >= 75 ? 'good' : 'pass',
        },
      ],
      courses: marks,
    };
  },
});
