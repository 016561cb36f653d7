class SlotsController < ApplicationController
  include Assignable

  assigns :starts_at, :minutes, :remark

  before_action :require_patient

  def update
    slot = current_patient.slots.unconfirmed.find(params[:id])
    # takes over what the patient sent
    slot.update!(assignable(:slot))
    render json: { id: slot.id, starts_at: slot.starts_at }
  end
end
