/** What the campaigns found, as they are recorded in `docs/campaigns/trust-rules.md`. */

const share = (some, all) => (100 * some) / all;

/** Of the law's mutants, those that change no case, and whether there are none but the same law. */
export function lawReport({ mutants, killed, equivalent, survivors }) {
  const lived = survivors.map((name) => `\n- ${cell(name)}`).join('');
  return {
    passes: survivors.length === 0,
    text:
      `### The law\n\n${killed} of ${mutants} mutants change some case; ${equivalent} cannot, as they are the same law ` +
      `(\`libs/trust-rules/test/equivalent.jsonl\` says why); ${survivors.length} live.${lived}`,
  };
}

const cell = (text) =>
  `\`${String(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', '´').slice(0, 80)}\``;

function rowOf({ file, location, mutatorName, replacement, line }) {
  const place = `${file.replace('libs/trust-rules/src/', '')}:${location.start.line}`;
  return `| ${place} | ${mutatorName} | ${cell(line.slice(location.start.column - 1))} | ${cell(replacement)} |`;
}

/** Of the engine's mutants, how many were found out, and the places of those that lived. */
export function engineReport({ files }) {
  const mutants = Object.entries(files).flatMap(([file, { mutants: list, source }]) =>
    list.map((mutant) => ({ ...mutant, file, line: source.split('\n')[mutant.location.start.line - 1] })),
  );
  const caught = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const lived = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const all = caught.length + lived.length;
  const score = share(caught.length, all);
  const rows = ['| place | mutator | from | becomes |', '| --- | --- | --- | --- |', ...lived.map(rowOf)].join('\n');
  return {
    score,
    text: `### The engine\n\n${caught.length} of ${all} mutants found out: ${score.toFixed(1)} %. These lived:\n\n${rows}`,
  };
}
