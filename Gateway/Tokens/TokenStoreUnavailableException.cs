namespace OrleansTicker.Gateway.Tokens;

/// <summary>The grain of a token cannot be reached, or did not answer in time; perhaps it can later.</summary>
internal sealed class TokenStoreUnavailableException(Exception inner) : Exception("The token store cannot be reached", inner);
