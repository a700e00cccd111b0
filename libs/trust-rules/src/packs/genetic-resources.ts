import { pack, type Pack } from './pack.js';

/** Regulation on the Administration of Human Genetic Resources; Implementing Rules on the Administration of Human Genetic Resources. */
export const GENETIC_RESOURCES: readonly Pack[] = [
  pack(
    {
      instrument: {
        en: 'Regulation on the Administration of Human Genetic Resources',
        'zh-Hant': '《人類遺傳資源管理條例》',
        'zh-Hans': '《人类遗传资源管理条例》',
        pt: 'Regulamento da administração dos recursos genéticos humanos',
      },
      effectiveFrom: '2019-07-01',
      status: 'in-force',
      verification: 'V, amended 2024',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.HGR.28': {
        article: 'art 28',
        text: {
          en: 'Human genetic information goes outside only after a prior report and a backup; an emergency changes nothing.',
          'zh-Hant': '人類遺傳資源資料送到內地以外，須事先報告並備份；緊急情況亦然。',
          'zh-Hans': '向境外提供人类遗传资源信息，应当事先报告并提交信息备份；紧急情况亦不例外。',
          pt: 'A informação genética humana só sai após comunicação prévia e cópia; a urgência nada altera.',
        },
      },
    },
  ),
  pack(
    {
      instrument: {
        en: 'Implementing Rules on the Administration of Human Genetic Resources',
        'zh-Hant': '《人類遺傳資源管理條例實施細則》',
        'zh-Hans': '《人类遗传资源管理条例实施细则》',
        pt: 'Regras de execução sobre os recursos genéticos humanos',
      },
      effectiveFrom: '2023-07-01',
      status: 'in-force',
      verification: '2',
      systems: ['cn'],
      direction: 'outbound',
    },
    {
      'CN.HGRR.36': {
        article: 'art 36',
        text: {
          en: 'Before genetic information is provided outside, it is reported and a backup is handed in.',
          'zh-Hant': '對外提供遺傳資源資料前，須事先報告並提交備份。',
          'zh-Hans': '对外提供人类遗传资源信息的，应当事先报告并提交信息备份。',
          pt: 'Antes de fornecer informação genética para fora, comunica-se e entrega-se uma cópia.',
        },
      },
      'CN.HGRR.37': {
        article: 'art 37',
        text: {
          en: 'More than 500 genome or exome cases also need a security review.',
          'zh-Hant': '超過五百例基因組或外顯子組資料，還須通過安全審查。',
          'zh-Hans': '超过五百例人群的外显子组、基因组信息，还应当通过安全审查。',
          pt: 'Mais de 500 casos de genoma ou exoma exigem ainda revisão de segurança.',
        },
      },
    },
  ),
];
