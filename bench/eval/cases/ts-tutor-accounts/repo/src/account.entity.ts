import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity()
export class Account {
  @PrimaryGeneratedColumn() id!: number;
  @Column() email!: string;
  @Column() name!: string;
  @Column({ default: false }) isTutor!: boolean;
  @Column({ default: 0 }) balance!: number;
}
