namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>Waits for what happens at an exchange. All counts are since it was made.</summary>
internal static class VenueBarriers
{
    /// <summary>Waits until so many handshakes were begun, whatever became of them.</summary>
    public static Task AskedAsync(this Venue venue, int count = 1) => venue.Milestones.WaitAsync(Milestone.Asked, count);

    /// <summary>Waits until so many connections were opened, and returns the last of them.</summary>
    public static async Task<ClientConnection> OpenedAsync(this Venue venue, int count = 1)
    {
        await venue.Milestones.WaitAsync(Milestone.Opened, count);
        return venue.Connections[count - 1];
    }

    /// <summary>Waits until clients have sent so many text messages, on all connections together.</summary>
    public static Task ReceivedAsync(this Venue venue, int count) => venue.Milestones.WaitAsync(Milestone.Received, count);

    /// <summary>Waits until so many subscriptions were made, each of one channel and product.</summary>
    public static Task SubscribedAsync(this Venue venue, int count) => venue.Milestones.WaitAsync(Milestone.Subscribed, count);

    /// <summary>Waits until so many connections have ended.</summary>
    public static Task ClosedAsync(this Venue venue, int count = 1) => venue.Milestones.WaitAsync(Milestone.Closed, count);
}
