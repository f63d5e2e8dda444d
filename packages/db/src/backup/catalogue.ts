import type pg from 'pg';
import type { BackupHeader } from './format.ts';

export interface TableInfo {
  readonly name: string;
  /** Those that hold data of their own. */
  readonly columns: string[];
  /** With their types, as SQL names them. */
  readonly types: Readonly<Record<string, string>>;
}

interface Row {
  name: string;
  columns: string[];
  types: string[];
  refers_to: string[];
}

/** Our tables, those that others refer to first. Partitions are read and written through the table that they are parts of. */
export async function listTables(client: pg.Client): Promise<TableInfo[]> {
  const { rows } = await client.query<Row>(`
    select c.relname as name,
      array_agg(a.attname::text order by a.attnum) as columns,
      array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types,
      array(select distinct r.relname::text from pg_constraint f join pg_class r on r.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers_to
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '_prisma_migrations'
    group by c.oid, c.relname order by c.relname`);
  const left = new Map(rows.map((row) => [row.name, row]));
  const ordered: TableInfo[] = [];
  while (left.size > 0) {
    const next = [...left.values()].filter(({ refers_to }) => refers_to.every((name) => !left.has(name)));
    if (next.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const { name, columns, types } of next) {
      left.delete(name);
      ordered.push({ name, columns, types: Object.fromEntries(columns.map((column, n) => [column, types[n] ?? 'text'])) });
    }
  }
  return ordered;
}

export async function listPartitions(client: pg.Client): Promise<BackupHeader['partitions']> {
  const { rows } = await client.query<BackupHeader['partitions'][number]>(`
    select c.relname as name, p.relname as table, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relispartition and c.relkind = 'r' order by c.relname`);
  return rows;
}

/** Where numbers that the database gives out stand. */
export async function listSequences(client: pg.Client): Promise<BackupHeader['sequences']> {
  const { rows } = await client.query<BackupHeader['sequences'][number]>(`
    select t.relname as table, a.attname as column, s.last_value::text as value
    from pg_depend d
    join pg_class q on q.oid = d.objid and q.relkind = 'S'
    join pg_class t on t.oid = d.refobjid
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    join pg_sequences s on s.schemaname = n.nspname and s.sequencename = q.relname
    where d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and s.last_value is not null order by 1, 2`);
  return rows;
}
