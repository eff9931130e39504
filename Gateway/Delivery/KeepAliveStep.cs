namespace OrleansTicker.Gateway.Delivery;

/// <summary>What <see cref="KeepAlive"/> wants done.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Ask the client whether it is there.</summary>
    Ping,

    /// <summary>The client has not answered.</summary>
    GiveUp,
}
