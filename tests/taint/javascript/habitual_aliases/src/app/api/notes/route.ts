// `@/lib/db` and `~/lib/db` without settings that say so: the folder of the sources.
import { NextRequest, NextResponse } from 'next/server';
import { find, search } from '@/lib/db';
import { pool } from '~/lib/db';

export async function GET(request: NextRequest) {
  const name = request.nextUrl.searchParams.get('name') ?? '';
  await pool.query(`DELETE FROM notes WHERE name = '${name}'`); // vuln: javascript-sql-injection
  await pool.query('DELETE FROM notes WHERE name = $1', [name]); // safe: javascript-sql-injection
  return NextResponse.json([await search(name), await find(name)]);
}
