namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>How a connection stands after a <see cref="ConformanceCase"/>.</summary>
internal enum ConformanceEnd
{
    /// <summary>It stays open.</summary>
    Open,

    /// <summary>The client has closed it, with <see cref="ConformanceCase.Code"/> or without a code.</summary>
    Closed,

    /// <summary>The server closes it with <see cref="ConformanceCase.Code"/>.</summary>
    Failed,
}
