using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>What was heard of a client.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="At">How many bytes had been read then.</param>
/// <param name="Payload">Its payload, in hexadecimal digits.</param>
/// <param name="Code">Its close code.</param>
/// <param name="Cause">What the reader says about it.</param>
internal sealed record Heard(ClientFrameKind Kind, int At, string Payload = "", int? Code = null, string Cause = "");
