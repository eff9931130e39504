using OrleansTicker.Gateway.Delivery.Workers;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session that has been opened.</summary>
/// <param name="Registered">The session.</param>
/// <param name="Slot">Its slot at its worker.</param>
/// <param name="Welcoming">The sending of the welcome.</param>
internal sealed record OpenSession(RegisteredSession Registered, SessionSlot Slot, Task Welcoming);
