import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { parseNumber } from "./features/queue/views.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { TicketSlot } from "./TicketSlot.tsx";
import { useTitle } from "./title.ts";

const route = getRouteApi("/tickets/$number");

/** A ticket by its own address, as mails and colleagues link to it. */
export function TicketScreen() {
  const number = parseNumber(route.useParams().number);
  const navigate = useNavigate();
  useTitle(`#${number ?? "?"}`);
  if (number === undefined) return <NotFoundPage />;
  return (
    <div className="screen" data-shows="ticket" data-solo>
      <TicketSlot
        number={number}
        onBack={() => void navigate({ to: "/queue/$departmentId", params: { departmentId: "all" } })}
      />
    </div>
  );
}
