import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AuthController } from './auth/auth.controller';
import { TokensService } from './auth/tokens.service';
import { CarriersController } from './carriers/carriers.controller';
import { CarriersService } from './carriers/carriers.service';
import { HttpService } from './common/http.service';
import { databaseUrl } from './config';
import { Customer } from './customers/customer.entity';
import { CustomersController } from './customers/customers.controller';
import { CustomersService } from './customers/customers.service';
import { ImportsController } from './imports/imports.controller';
import { ImportsService } from './imports/imports.service';
import { LabelsController } from './labels/labels.controller';
import { LabelsService } from './labels/labels.service';
import { Parcel } from './parcels/parcel.entity';
import { ParcelsController } from './parcels/parcels.controller';
import { ParcelsRepository } from './parcels/parcels.repository';
import { ParcelsService } from './parcels/parcels.service';
import { PricingService } from './pricing/pricing.service';
import { PricingController } from './pricing/pricing.controller';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities: [Parcel, Customer], synchronize: true }),
    TypeOrmModule.forFeature([Parcel, Customer]),
  ],
  controllers: [
    AuthController,
    CarriersController,
    CustomersController,
    ImportsController,
    LabelsController,
    ParcelsController,
    PricingController,
  ],
  providers: [
    CarriersService,
    CustomersService,
    HttpService,
    ImportsService,
    LabelsService,
    ParcelsRepository,
    ParcelsService,
    PricingService,
    TokensService,
  ],
})
export class AppModule {}
