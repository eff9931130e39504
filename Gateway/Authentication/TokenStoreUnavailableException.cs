namespace OrleansTicker.Gateway.Authentication;

/// <summary>The grain of a token cannot be reached, did not answer in time, or failed; a later call may succeed.</summary>
internal sealed class TokenStoreUnavailableException(Exception inner) : Exception("The token store cannot be used", inner);
