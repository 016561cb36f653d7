import { NestFactory } from '@nestjs/core';

import { StatusModule } from './status/status.module';

// The public status page runs beside the application and is called by the web shop alone.
async function status(): Promise<void> {
  const app = await NestFactory.create(StatusModule);
  app.enableCors({ origin: ['https://shop.example', 'https://www.shop.example'], credentials: true });
  await app.listen(3001, '127.0.0.1');
}

void status();
