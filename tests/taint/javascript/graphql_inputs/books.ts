// Objects that a GraphQL schema has let through have the fields it names, and no others; a body of JSON has any.
import { Body, Controller, Post } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { exec } from 'node:child_process';
import { getRepository } from 'typeorm';

class Book {}

const books = getRepository(Book);

@Resolver()
export class BooksResolver {
  @Mutation()
  create(@Args('input') input: object) {
    return books.save(input as Book); // safe: javascript-mass-assignment
  }

  @Mutation()
  print(@Args('name') name: string) {
    exec(`lp ${name}`); // vuln: javascript-command-injection
  }
}

@Controller('books')
export class BooksController {
  @Post()
  create(@Body() body: object) {
    return books.save(body as Book); // vuln: javascript-mass-assignment
  }
}
