import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Parcel {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ unique: true })
  reference!: string;

  @Column()
  city!: string;

  @Column({ default: 'registered' })
  state!: string;

  @Column()
  customerId!: number;

  @Column({ type: 'int' })
  weight!: number;

  @Column()
  pickupCode!: string;
}
