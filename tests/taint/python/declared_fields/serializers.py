"""Fields that a class declares: their names are the program's, and what they hold is the visitor's."""
import sqlite3

from rest_framework import serializers

db = sqlite3.connect("shop.db", check_same_thread=False)


class ItemSerializer(serializers.Serializer):
    name = serializers.CharField()

    def update(self, instance, validated_data):
        for key, value in validated_data.items():
            setattr(instance, key, value)  # safe: python-mass-assignment
            db.execute(f"UPDATE items SET name = '{value}'")  # vuln: python-sql-injection
        return instance

    def validate(self, attrs):
        for key in attrs.keys():
            db.execute(f"SELECT {key} FROM items")  # safe: python-sql-injection
        return attrs


class MetaSerializer(serializers.Serializer):
    meta = serializers.JSONField()

    def update(self, instance, validated_data):
        for key, value in validated_data["meta"].items():
            setattr(instance, key, value)  # vuln: python-mass-assignment
        return instance


class RawSerializer(serializers.Serializer):
    def to_internal_value(self, data):
        for key in data.keys():
            db.execute(f"SELECT {key} FROM items")  # vuln: python-sql-injection
        return data
