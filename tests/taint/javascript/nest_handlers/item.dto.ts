export class ItemDto {
  name!: string;

  price!: number;
}
