import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ unique: true })
  mail!: string;

  @Column()
  name!: string;

  @Column({ default: 'customer' })
  role!: string;

  @Column({ type: 'int', default: 0 })
  credit!: number;

  @Column()
  password!: string;

  @Column({ type: 'jsonb', default: {} })
  preferences!: Record<string, unknown>;
}
