class Storage:
    def __init__(self, connection):
        self.connection = connection

    def rename(self, meter, name):
        with self.connection.cursor() as cursor:
            cursor.execute("UPDATE meters SET name = %s WHERE id = %s", (name, meter))
        self.connection.commit()

    def names(self, customer):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM meters WHERE customer_id = %s", (customer,))
            return [row[0] for row in cursor.fetchall()]
