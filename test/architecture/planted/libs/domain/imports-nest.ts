import { Injectable } from '@nestjs/common';

export const wrong = Injectable;
