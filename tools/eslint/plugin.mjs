/** Bayway's own lint rules. Each guards a line of the house style that a review would otherwise have to. */

/** Services throw DomainError with a typed code, so that every problem is listed, documented and tested. */
const noVanillaErrors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { vanilla: 'throw a DomainError with a code from libs/contracts, not {{name}}' },
  },
  create: (context) => ({
    NewExpression(node) {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (node.parent.type !== 'ThrowStatement') return;
      if (name === 'Error' || /(Exception|^HttpException)$/.test(name))
        context.report({ node, messageId: 'vanilla', data: { name } });
    },
  }),
};

/** NATS subjects are written once, in libs/contracts. */
const noSubjectString = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { subject: 'use the contract object of libs/contracts instead of a subject string' },
  },
  create: (context) => ({
    CallExpression(node) {
      const handler = ['MessagePattern', 'EventPattern', 'send', 'emit', 'publish', 'request'];
      const name = node.callee.type === 'MemberExpression' ? node.callee.property.name : node.callee.name;
      const [first] = node.arguments;
      if (handler.includes(name) && first?.type === 'Literal' && /^[a-z-]+(\.[a-z0-9-]+)+$/.test(String(first.value)))
        context.report({ node: first, messageId: 'subject' });
    },
  }),
};

/** The environment is read and checked in one file per service. */
const environmentInConfig = {
  meta: { type: 'problem', schema: [], messages: { env: 'read process.env only in config.ts' } },
  create: (context) => ({
    MemberExpression(node) {
      if (context.filename.endsWith('config.ts')) return;
      if (node.object.type === 'Identifier' && node.object.name === 'process' && node.property.name === 'env')
        context.report({ node, messageId: 'env' });
    },
  }),
};

/** A number that looks like a resident identity card or a Hong Kong identity card never stands in code. */
const noNationalIdLiteral = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { id: 'looks like a national identity number; generate one with a factory' },
  },
  create: (context) => ({
    Literal(node) {
      const text = String(node.value ?? '');
      if (
        /(^|\D)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dX](\D|$)/.test(text) ||
        /\b[A-Z]{1,2}\d{6}\([\dA]\)/.test(text)
      )
        context.report({ node, messageId: 'id' });
    },
  }),
};

/** A suppression without a reason is a riddle for the next reader. */
const explainedSuppression = {
  meta: { type: 'problem', schema: [], messages: { reason: 'say why after `--`' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (
          /^\s*(eslint-disable|@ts-(expect-error|ignore|nocheck))/.test(comment.value) &&
          !/--\s*\S/.test(comment.value)
        )
          context.report({ loc: comment.loc, messageId: 'reason' });
      }
    },
  }),
};

export default {
  meta: { name: 'bayway' },
  rules: {
    'no-vanilla-errors': noVanillaErrors,
    'no-subject-string': noSubjectString,
    'environment-in-config': environmentInConfig,
    'no-national-id-literal': noNationalIdLiteral,
    'explained-suppression': explainedSuppression,
  },
};
