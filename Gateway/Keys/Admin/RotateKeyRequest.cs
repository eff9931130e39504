using OrleansTicker.Gateway.Json;

namespace OrleansTicker.Gateway.Keys.Admin;

/// <summary>The body of <c>POST /admin/keys/{id}/rotate</c>, which may be missing.</summary>
/// <param name="GraceSeconds">How long the old key stays valid; a day if it is missing.</param>
internal sealed record RotateKeyRequest(long? GraceSeconds)
{
    /// <summary>Takes it from the fields of a body.</summary>
    public static RotateKeyRequest Read(JsonFields fields) => new(fields.Whole("grace_seconds"));

    /// <summary>How long the old key stays valid, or null if that is negative or too long.</summary>
    public TimeSpan? Grace => GraceSeconds switch
    {
        null => ApiKeyRotation.DefaultGrace,
        >= 0 and var seconds when seconds <= (long)ApiKeyRotation.MaxGrace.TotalSeconds => TimeSpan.FromSeconds(seconds),
        _ => null,
    };
}
