/** The administrators' search: a page with its total. Floor: the newest fifty rows by the bare driver, without filters. */
export default ({ system: { search } }) => {
  const note = `${search.consents} consents, 15 filters, first and second pages`;
  return [
    { name: 'consent search page, p50', unit: 'ms', value: search.page.p50, floor: search.floor.p50, note },
    { name: 'consent search page, p95', unit: 'ms', value: search.page.p95, floor: search.floor.p95, note },
    { name: 'consent search, exact total, p95', unit: 'ms', value: search.total.p95, note: 'asked for after the page' },
  ];
};
