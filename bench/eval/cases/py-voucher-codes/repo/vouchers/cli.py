import click

from vouchers.codes import new_batch


@click.command()
@click.argument("count", type=click.IntRange(1, 10_000))
@click.option("--value", type=int, default=2500, help="Cents on each voucher.")
def main(count, value):
    for voucher in new_batch(count, value):
        click.echo(f"{voucher['code']};{voucher['value']};{voucher['issued']}")
