import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';

import { Parcel } from './parcel.entity';

export interface Listing {
  customer: number;
  order: string;
  limit: number;
}

const ORDERS = new Map([
  ['newest', 'id DESC'],
  ['heaviest', 'weight DESC'],
]);

@Injectable()
export class ParcelsRepository {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @InjectRepository(Parcel) private readonly parcels: Repository<Parcel>,
  ) {}

  list(listing: Listing): Promise<Parcel[]> {
    const statement = `SELECT * FROM parcel WHERE "customerId" = $1 ORDER BY ${listing.order} LIMIT ${listing.limit}`;
    return this.source.query(statement, [listing.customer]);
  }

  ranked(customer: number, ranking: string): Promise<Parcel[]> {
    const order = ORDERS.get(ranking) ?? 'id';
    const text = `SELECT * FROM parcel WHERE "customerId" = $1 ORDER BY ${order}`;
    return this.source.query(text, [customer]);
  }

  search(customer: number, reference: string): Promise<Parcel[]> {
    const found = this.parcels.createQueryBuilder('parcel').where(`parcel.reference LIKE '${reference}%' AND parcel.customerId = ${customer}`);
    return found.getMany();
  }

  inCity(customer: number, city: string): Promise<Parcel[]> {
    const nearby = this.parcels.createQueryBuilder('parcel').where('parcel.city LIKE :city AND parcel.customerId = :customer', { city: `${city}%`, customer });
    return nearby.getMany();
  }

  byReference(reference: string): Promise<Parcel | null> {
    return this.parcels.findOneBy({ reference: String(reference) });
  }

  async add(parcel: Omit<Parcel, 'id'>): Promise<Parcel> {
    return this.parcels.save(this.parcels.create(parcel));
  }
}
