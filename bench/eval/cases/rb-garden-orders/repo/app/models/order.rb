class Order < ApplicationRecord
  SORTS = {
    "newest" => "created_at DESC",
    "customer" => "lower(customer_name) ASC",
    "total" => "(price_cents * quantity) DESC"
  }.freeze

  belongs_to :garden

  # raw SQL: price_cents * quantity is no column
  scope :sorted_by, ->(key) { order(Arel.sql(SORTS.fetch(key.to_s, SORTS["newest"]))) }
  scope :in_state, ->(state) { state.present? ? where(state: state.to_s) : all }
end
