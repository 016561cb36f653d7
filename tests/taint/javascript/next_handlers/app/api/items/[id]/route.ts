// Next.js: route handlers, API routes, server actions, getServerSideProps.
import { NextRequest, NextResponse } from 'next/server';
import { Pool } from 'pg';

const pool = new Pool();

export async function GET(request: NextRequest, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const name = request.nextUrl.searchParams.get('name');
  await pool.query(`SELECT ${id}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${name}`); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM items WHERE id = $1', [id]); // safe: javascript-sql-injection
  return NextResponse.json({ id });
}

export async function POST(request: Request) {
  const body = await request.json();
  await pool.query(`SELECT ${body.name}`); // vuln: javascript-sql-injection
  return NextResponse.redirect(new URL('/items', request.url)); // safe: javascript-open-redirect
}

export async function helper(request: { text: string }) {
  return pool.query('SELECT $1', [request.text]); // safe: javascript-sql-injection
}

export async function DELETE(request: NextRequest) {
  const to = request.nextUrl.searchParams.get('to') ?? '';
  if (!to) {
    return NextResponse.redirect(new URL('/items', request.nextUrl.origin)); // safe: javascript-open-redirect
  }
  return NextResponse.redirect(new URL(to, request.url)); // vuln: javascript-open-redirect
}
