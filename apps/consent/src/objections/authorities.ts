import type { Authority } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';

/**
 * Where a resident may complain about the handling of her data, by the jurisdiction of whoever handled it: PIPL 60 and
 * 65, PDPO section 37, Macao Law 8/2005 article 28. The addresses are unverified: they are generally known, and nobody has
 * opened them for this table; who runs a jurisdiction checks its own before residents see it.
 */
export const AUTHORITIES: Readonly<Record<Jurisdiction, Authority>> = {
  hk: {
    name: {
      'zh-Hant': '個人資料私隱專員公署',
      'zh-Hans': '个人资料私隐专员公署',
      pt: 'Comissariado para a Privacidade dos Dados Pessoais de Hong Kong',
      en: 'Office of the Privacy Commissioner for Personal Data, Hong Kong',
    },
    url: 'https://www.pcpd.org.hk',
  },
  mo: {
    name: {
      'zh-Hant': '個人資料保護局',
      'zh-Hans': '个人资料保护局',
      pt: 'Direcção dos Serviços da Protecção de Dados Pessoais',
      en: 'Personal Data Protection Bureau, Macao',
    },
    url: 'https://www.dspdp.gov.mo',
  },
  cn: {
    name: {
      'zh-Hant': '國家互聯網信息辦公室 違法和不良信息舉報中心',
      'zh-Hans': '国家互联网信息办公室 违法和不良信息举报中心',
      pt: 'Administração do Ciberespaço da China, centro de denúncias',
      en: 'Cyberspace Administration of China, reporting centre',
    },
    url: 'https://www.12377.cn',
  },
};

/** First the authority over the holder, then that over a recipient of another jurisdiction. */
export const authoritiesFor = ({
  exporter,
  importer,
}: {
  exporter: Jurisdiction;
  importer: Jurisdiction;
}): Authority[] => [...new Set([exporter, importer])].map((jurisdiction) => AUTHORITIES[jurisdiction]);
