namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>The transports that are compared.</summary>
public enum Transport
{
    /// <summary>ASP.NET Core's own.</summary>
    AspNetCore,

    /// <summary>The gateway's.</summary>
    Detachable,
}
