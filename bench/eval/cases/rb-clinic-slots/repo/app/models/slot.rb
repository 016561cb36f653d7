class Slot < ApplicationRecord
  belongs_to :doctor
  belongs_to :patient

  scope :unconfirmed, -> { where(confirmed: false) }

  validates :minutes, inclusion: { in: [15, 30, 45] }
end
