/**
 * A credit agency's own database. `registry` is how the agency keeps its records; `credit_report` is what it
 * offers to look up by document: one view per item of a report, a row per fact, without account numbers and without the
 * names of third persons. `document_number` there is the part of a number that stays with its holder, so that a permit
 * issued again still finds the file. Days and months are text (ISO 8601), amounts decimal text.
 */
export const SCHEMA_SQL = `
create schema registry;
create schema credit_report;

create table registry.subject (
  id integer primary key,
  kind text not null check (kind in ('person', 'organisation')),
  name text not null,
  name_latin text not null,
  born_on date,
  check ((kind = 'person') = (born_on is not null))
);

create table registry.document (
  subject_id integer not null references registry.subject,
  kind text not null,
  number text not null,
  match_number text not null,
  primary key (kind, match_number)
);
create index on registry.document (subject_id);

create table registry.account (
  subject_id integer not null references registry.subject,
  position smallint not null,
  account_number text not null unique,
  lender text not null,
  type text not null check (type in ('credit-card', 'mortgage', 'car-loan', 'consumer-loan', 'business-loan')),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  credit_limit numeric(14, 2) not null check (credit_limit > 0),
  balance numeric(14, 2) not null check (balance >= 0),
  status text not null check (status in ('open', 'overdue', 'closed')),
  primary key (subject_id, position),
  check ((status = 'closed') = (closed_on is not null))
);

create table registry.repayment (
  subject_id integer not null,
  position smallint not null,
  month date not null,
  status text not null check (status ~ '^[N*/C1-7]$'),
  due numeric(14, 2) not null,
  paid numeric(14, 2) not null,
  primary key (subject_id, position, month),
  foreign key (subject_id, position) references registry.account
);

create table registry.default_event (
  subject_id integer not null,
  position smallint not null,
  amount numeric(14, 2) not null,
  began_on date not null,
  ended_on date check (ended_on >= began_on),
  primary key (subject_id, position, began_on),
  foreign key (subject_id, position) references registry.account
);

create table registry.guarantee (
  subject_id integer not null references registry.subject,
  position smallint not null,
  borrower text not null,
  lender text not null,
  amount numeric(14, 2) not null,
  began_on date not null,
  ends_on date not null,
  status text not null check (status in ('in-force', 'called', 'released')),
  primary key (subject_id, position)
);

create table registry.enquiry (
  subject_id integer not null references registry.subject,
  position smallint not null,
  enquirer text not null,
  reason text not null check (reason in ('loan-application', 'card-application', 'account-review', 'guarantee-review', 'own-request')),
  asked_on date not null,
  primary key (subject_id, position)
);

create table registry.public_record (
  subject_id integer not null references registry.subject,
  position smallint not null,
  type text not null check (type in ('tax-arrears', 'civil-judgment', 'enforcement', 'administrative-penalty')),
  authority text not null,
  amount numeric(14, 2) not null,
  decided_on date not null,
  ended_on date check (ended_on >= decided_on),
  primary key (subject_id, position)
);

create view credit_report.subject_name as
  select d.kind as document_kind, d.match_number as document_number, s.name, s.name_latin,
         extract(year from s.born_on)::integer as year_of_birth
  from registry.document d join registry.subject s on s.id = d.subject_id;

create view credit_report.accounts as
  select d.kind as document_kind, d.match_number as document_number, a.position as account, a.lender, a.type,
         to_char(a.opened_on, 'YYYY-MM-DD') as opened_on, to_char(a.closed_on, 'YYYY-MM-DD') as closed_on,
         a.credit_limit::text as credit_limit, a.balance::text as balance, 'CNY' as currency, a.status
  from registry.document d join registry.account a using (subject_id);

create view credit_report.repayment_history as
  select d.kind as document_kind, d.match_number as document_number, r.position as account,
         to_char(r.month, 'YYYY-MM') as month, r.status, r.due::text as due, r.paid::text as paid, 'CNY' as currency
  from registry.document d join registry.repayment r using (subject_id);

create view credit_report.defaults as
  select d.kind as document_kind, d.match_number as document_number, e.position as account, e.amount::text as amount,
         'CNY' as currency, to_char(e.began_on, 'YYYY-MM-DD') as began_on, to_char(e.ended_on, 'YYYY-MM-DD') as ended_on
  from registry.document d join registry.default_event e using (subject_id);

create view credit_report.guarantees as
  select d.kind as document_kind, d.match_number as document_number, g.position as guarantee, g.lender,
         g.amount::text as amount, 'CNY' as currency, to_char(g.began_on, 'YYYY-MM-DD') as began_on,
         to_char(g.ends_on, 'YYYY-MM-DD') as ends_on, g.status
  from registry.document d join registry.guarantee g using (subject_id);

create view credit_report.enquiries as
  select d.kind as document_kind, d.match_number as document_number, q.enquirer, q.reason,
         to_char(q.asked_on, 'YYYY-MM-DD') as asked_on
  from registry.document d join registry.enquiry q using (subject_id);

create view credit_report.public_records as
  select d.kind as document_kind, d.match_number as document_number, p.type, p.authority, p.amount::text as amount,
         'CNY' as currency, to_char(p.decided_on, 'YYYY-MM-DD') as decided_on,
         to_char(p.ended_on, 'YYYY-MM-DD') as ended_on
  from registry.document d join registry.public_record p using (subject_id);
`;

/** The items of the dataset `credit-report` and the view that answers each. */
export const ITEM_VIEWS = {
  'subject-name': 'credit_report.subject_name',
  accounts: 'credit_report.accounts',
  'repayment-history': 'credit_report.repayment_history',
  defaults: 'credit_report.defaults',
  guarantees: 'credit_report.guarantees',
  enquiries: 'credit_report.enquiries',
  'public-records': 'credit_report.public_records',
} as const;
