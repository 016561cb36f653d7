import { Injectable } from '@nestjs/common';

import { TokensService } from '../auth/tokens.service';
import { ListParcelsDto } from './dto/list-parcels.dto';
import { RegisterParcelDto } from './dto/register-parcel.dto';
import { Parcel } from './parcel.entity';
import { ParcelsRepository } from './parcels.repository';

@Injectable()
export class ParcelsService {
  constructor(
    private readonly repository: ParcelsRepository,
    private readonly tokens: TokensService,
  ) {}

  list(customer: number, wanted: ListParcelsDto): Promise<Parcel[]> {
    return this.repository.list({ customer, order: wanted.order ?? 'id', limit: Number(wanted.limit) });
  }

  ranked(customer: number, ranking: string): Promise<Parcel[]> {
    return this.repository.ranked(customer, ranking);
  }

  find(customer: number, text: string): Promise<Parcel[]> {
    return this.repository.search(customer, text.trim().toUpperCase());
  }

  nearby(customer: number, city: string): Promise<Parcel[]> {
    return this.repository.inCity(customer, city.trim());
  }

  tracked(reference: string): Promise<Parcel | null> {
    return this.repository.byReference(reference);
  }

  register(customer: number, dto: RegisterParcelDto): Promise<Parcel> {
    const { reference, city, weight } = dto;
    return this.repository.add({
      reference,
      city,
      weight,
      customerId: customer,
      state: 'registered',
      pickupCode: this.tokens.pickupCode(),
    });
  }
}
